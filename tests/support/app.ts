// What an app of a developer does at the issuer: over HTTP, and knowing nothing of the workbench.

/** POST /token with the password grant, as the clients of tutorials send it. */
export const askForToken = (issuer: string, username: string, password: string): Promise<Response> =>
  fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username, password }),
  })

/** The access token of a login that must succeed; a pending token for a user with a second factor. */
export async function logIn(issuer: string, username: string, password: string): Promise<string> {
  const response = await askForToken(issuer, username, password)
  const body = (await response.json()) as { access_token: string }
  if (response.status !== 200)
    throw new Error(`${username} could not log in: ${response.status} ${JSON.stringify(body)}`)
  return body.access_token
}

export const me = (issuer: string, token: string): Promise<Response> =>
  fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })

export const verifySecondFactor = (issuer: string, token: string, code: string): Promise<Response> =>
  fetch(`${issuer}/2fa/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })

/** One part of a JWT, 0 for the header and 1 for the claims, unverified. */
export const partOf = (token: string, part: 0 | 1): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[part]!, 'base64url').toString())
