import { type Check, pass } from '../../check.ts'
import { onlyRedirectUri } from '../../redirect-uri.ts'
import type { ClientAndRedirectFacts } from './facts.ts'

export const checkRedirectUriPresent: Check<ClientAndRedirectFacts> = {
  id: 'authorize.redirect-uri-present',
  title: 'redirect_uri is there, or the client has only one',
  spec: 'RFC 6749 3.1.2.3, OpenID Connect Core 3.1.2.1',
  run: ({ redirectUri, client, openid }) => {
    if (redirectUri !== undefined) return pass(redirectUri)
    const only = onlyRedirectUri(client?.redirectUris ?? [])
    if (only !== null && !openid) return pass(`left out; the client has only ${only}`)
    return {
      error: 'invalid_request',
      description: 'Parameter redirect_uri is missing',
      observed: 'no redirect_uri',
      expected: openid
        ? 'redirect_uri, which a request with scope openid must have'
        : 'one of the registered ones',
    }
  },
}
