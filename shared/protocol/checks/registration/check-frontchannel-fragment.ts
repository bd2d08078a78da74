import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkFrontchannelFragment: Check<MetadataFacts> = {
  id: 'registration.frontchannel-fragment',
  title: 'The front-channel logout URI has no fragment',
  spec: 'OpenID Connect Front-Channel Logout 2',
  run: ({ frontchannelLogoutUri }) =>
    frontchannelLogoutUri?.includes('#')
      ? {
          ...invalidMetadata,
          description: 'frontchannel_logout_uri has a fragment',
          observed: frontchannelLogoutUri,
          expected: 'an absolute URI without a fragment',
        }
      : pass(frontchannelLogoutUri ?? 'none'),
}
