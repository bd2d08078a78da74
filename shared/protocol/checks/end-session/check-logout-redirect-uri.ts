import { type Check, pass } from '../../check.ts'
import { isRegisteredRedirectUri, redirectUriProblem } from '../../redirect-uri.ts'
import type { EndSessionFacts } from './facts.ts'

export const checkLogoutRedirectUri: Check<EndSessionFacts> = {
  id: 'end-session.redirect-uri',
  title: 'post_logout_redirect_uri is one the client registered',
  spec: 'OpenID Connect RP-Initiated Logout 2, 3.1',
  run: ({ client, postLogoutRedirectUri }) => {
    if (postLogoutRedirectUri === undefined) return pass('left out')
    const registered = client?.postLogoutRedirectUris ?? []
    const problem = redirectUriProblem(postLogoutRedirectUri)
    if (problem === null && isRegisteredRedirectUri(postLogoutRedirectUri, registered))
      return pass(postLogoutRedirectUri)
    return {
      error: 'invalid_request',
      description: client
        ? 'post_logout_redirect_uri is not registered for this client'
        : 'post_logout_redirect_uri needs an id_token_hint or client_id',
      observed: problem ?? postLogoutRedirectUri,
      expected:
        registered.join(', or ') ||
        (client ? 'nothing: the client has no such URI' : 'a request that names its client'),
      hint: 'Add it to the post-logout redirect URIs in Clients & scopes.',
    }
  },
}
