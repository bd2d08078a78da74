import { type Check, pass } from '../../check.ts'
import { ANY_LOOPBACK, isRegisteredRedirectUri, redirectUriProblem } from '../../redirect-uri.ts'
import { nearestRedirectUri } from '../../redirect-uri-difference.ts'
import type { ClientAndRedirectFacts } from './facts.ts'

const inWords = (entry: string): string =>
  entry === ANY_LOOPBACK ? 'any http(s) URI on localhost, 127.0.0.1 or [::1]' : entry

export const checkRedirectUriRegistered: Check<ClientAndRedirectFacts> = {
  id: 'authorize.redirect-uri-registered',
  title: 'redirect_uri is one the client registered',
  spec: 'RFC 6749 3.1.2.4, RFC 9700 4.1.3, RFC 8252 7.3',
  run: ({ redirectUri, client }) => {
    if (redirectUri === undefined) return pass('left out')
    const registered = client?.redirectUris ?? []
    const problem = redirectUriProblem(redirectUri)
    if (problem === null && isRegisteredRedirectUri(redirectUri, registered)) return pass(redirectUri)
    return {
      error: 'invalid_request',
      description: 'redirect_uri is not registered for this client',
      observed: problem === null ? redirectUri : `${redirectUri} (${problem})`,
      expected: registered.map(inWords).join(', or ') || 'nothing: the client has no redirect URI',
      hint: hintFor(redirectUri, registered),
    }
  },
}

function hintFor(redirectUri: string, registered: readonly string[]): string {
  const nearest = nearestRedirectUri(redirectUri, registered)
  const rule =
    'It must match to the letter: scheme, host, port, path, a slash at the end. Mend the app, or add the URI in Clients & scopes.'
  if (nearest === null) return rule
  const messages = nearest.differences.map(({ message }) => message)
  return `The nearest that is registered is ${nearest.registered}. Of the one sent, ${messages.join('; and ')}. ${rule}`
}
