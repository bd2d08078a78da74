import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts, texts } from './facts.ts'

export const checkFrontchannelUri: Check<MetadataFacts> = {
  id: 'registration.frontchannel-uri',
  title: 'The front-channel logout URI has scheme, host and port of a redirect URI',
  spec: 'OpenID Connect Front-Channel Logout 2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ frontchannelLogoutUri, redirectUris }) => {
    if (frontchannelLogoutUri === null) return pass('none')
    const origins = texts(redirectUris).flatMap((uri) => (URL.canParse(uri) ? [new URL(uri).origin] : []))
    return origins.includes(new URL(frontchannelLogoutUri).origin)
      ? pass(frontchannelLogoutUri)
      : {
          ...invalidMetadata,
          description: 'frontchannel_logout_uri is of another origin than the redirect URIs',
          observed: frontchannelLogoutUri,
          expected: `a URI on ${[...new Set(origins)].join(' or ') || 'the origin of a redirect URI'}`,
        }
  },
}
