import { type Check, pass } from '../../check.ts'
import { invalidRedirectUri, type MetadataFacts } from './facts.ts'

export const checkRedirectUrisPresent: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-present',
  title: 'A client of a flow with redirects names its redirect URIs',
  spec: 'RFC 7591 2, OpenID Connect Registration 2',
  run: ({ redirectUris, grantTypes }) => {
    const flows = grantTypes.filter((grantType) => /^(authorization_code|implicit)$/.test(grantType))
    return redirectUris.length > 0 || flows.length === 0
      ? pass(`${redirectUris.length} for ${flows.join(' and ') || 'a client without redirects'}`)
      : {
          ...invalidRedirectUri,
          description: `redirect_uris is required for ${flows.join(' and ')}`,
          observed: 'no redirect_uris',
          expected: 'redirect_uris with at least one URI',
        }
  },
}
