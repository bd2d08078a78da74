// A public client in a browser as RFC 9700 and OAuth 2.0 for Browser-Based Apps want one: code with PKCE, state, nonce and iss
// checked, tokens kept in memory. Every `breaks.…` is a mistake that somebody switched on.

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const randomText = () => encode(crypto.getRandomValues(new Uint8Array(32)))

const hashed = async (text) =>
  encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))

/** OpenID Connect Discovery 1.0 4: what the issuer says of itself, if it is that issuer. */
export async function discover(issuer) {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  if (!response.ok) throw new Error(`Discovery was answered with ${response.status}.`)
  const metadata = await response.json()
  if (metadata.issuer !== issuer) throw new Error(`${issuer} calls itself ${metadata.issuer}.`)
  return metadata
}

/** Where to send the browser, and what to remember until it is back (RFC 6749 4.1.1, RFC 7636 4.3). */
export async function authorizationRequest({ clientId, redirectUri, resource, metadata }, breaks) {
  const transaction = {
    state: breaks.constantState ? 'my-app' : randomText(),
    nonce: breaks.noNonce ? null : randomText(),
    verifier: breaks.noPkce ? null : randomText(),
  }
  const url = new URL(metadata.authorization_endpoint)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: `openid profile offline_access read${breaks.noWrite ? '' : ' write'}`,
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: transaction.verifier && (await hashed(transaction.verifier)),
    code_challenge_method: transaction.verifier && 'S256',
    resource: breaks.noResource ? null : resource,
  }
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value)
  return { url: url.href, transaction }
}

/** The code of an answer that belongs to this login (RFC 6749 4.1.2, RFC 9207 2.4). */
export function codeOf(answer, { state }, { metadata }) {
  if (answer.get('state') !== state) throw new Error('This answer belongs to no login of this tab.')
  if (answer.get('iss') !== metadata.issuer) throw new Error('The answer comes from another issuer.')
  if (answer.has('error')) throw new Error(`${answer.get('error')}: ${answer.get('error_description') ?? ''}`)
  return answer.get('code')
}

/** Trades the code for tokens, and reads who logged in. */
export async function redeem(app, code, { verifier, nonce }, breaks) {
  const tokens = await tokenRequest(app, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUri + (breaks.trailingSlash ? '/' : ''),
    code_verifier: breaks.wrongVerifier ? randomText() : verifier,
    resource: breaks.noResource ? null : app.resource,
  })
  return { tokens, claims: claimsOfIdToken(tokens.id_token, app, nonce) }
}

export const refreshTokens = (app, refreshToken) =>
  tokenRequest(app, { grant_type: 'refresh_token', refresh_token: refreshToken })

async function tokenRequest({ metadata, clientId }, fields) {
  const body = new URLSearchParams({ client_id: clientId })
  for (const [name, value] of Object.entries(fields)) if (value) body.set(name, value)
  const response = await fetch(metadata.token_endpoint, { method: 'POST', body })
  const answer = await response.json()
  if (!response.ok)
    throw new Error(`${response.status} ${answer.error}: ${answer.error_description ?? 'no description'}`)
  return answer
}

/** OpenID Connect Core 1.0 3.1.3.7: straight from the token endpoint, so the connection vouches for the signature (6). */
function claimsOfIdToken(idToken, { clientId, metadata }, nonce) {
  const [, payload] = idToken.split('.')
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  )
  const claims = JSON.parse(new TextDecoder().decode(bytes))
  if (claims.iss !== metadata.issuer) throw new Error('The ID token is of another issuer.')
  if (![claims.aud].flat().includes(clientId)) throw new Error('The ID token is for another app.')
  if (nonce && claims.nonce !== nonce) throw new Error('The ID token is of another login.')
  return claims
}

/** RFC 7009: what the user leaves behind is worth nothing. */
export const revoke = ({ metadata, clientId }, token) =>
  fetch(metadata.revocation_endpoint, {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, token, token_type_hint: 'refresh_token' }),
  })

/** OpenID Connect RP-Initiated Logout 1.0 2 */
export function logoutUrl({ metadata, clientId, home }, idToken) {
  const url = new URL(metadata.end_session_endpoint)
  url.search = new URLSearchParams({
    id_token_hint: idToken,
    client_id: clientId,
    post_logout_redirect_uri: home,
  })
  return url.href
}
