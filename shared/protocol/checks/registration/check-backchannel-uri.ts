import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkBackchannelUri: Check<MetadataFacts> = {
  id: 'registration.backchannel-uri',
  title: 'The back-channel logout URI has no fragment',
  spec: 'OpenID Connect Back-Channel Logout 2.2',
  run: ({ backchannelLogoutUri }) =>
    backchannelLogoutUri?.includes('#')
      ? {
          ...invalidMetadata,
          description: 'backchannel_logout_uri has a fragment',
          observed: backchannelLogoutUri,
          expected: 'an absolute URI without a fragment',
        }
      : pass(backchannelLogoutUri ?? 'none'),
}
