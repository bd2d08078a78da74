import { type Check, pass } from '../../check.ts'
import { invalidRedirectUri, isLoopbackHttp, listed, type MetadataFacts, texts } from './facts.ts'

const isHttps = (uri: string): boolean => /^https:/i.test(uri)
const isLocalhost = (uri: string): boolean => /^https?:\/\/localhost([:/?]|$)/i.test(uri)

export const checkRedirectUrisOfWeb: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-of-web',
  title:
    'A web client has https redirect URIs; loopback ones do for development, though not for the implicit grant',
  spec: 'OpenID Connect Registration 2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ applicationType, redirectUris, grantTypes }) => {
    if (applicationType !== 'web') return pass(applicationType)
    const implicit = grantTypes.includes('implicit')
    const fits = (uri: string) =>
      implicit ? isHttps(uri) && !isLocalhost(uri) : isHttps(uri) || isLoopbackHttp(uri)
    const odd = texts(redirectUris).filter((uri) => !fits(uri))
    return odd.length === 0
      ? pass('web')
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI is not for a client of application_type web',
          observed: listed(odd),
          expected: implicit ? 'https, and not localhost' : 'https, or http on a loopback address',
          hint: 'An app with a scheme of its own says application_type native.',
        }
  },
}
