import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { type Fields, ISSUER, openIssuer, START } from '../support/issuer.ts'

const alice = { grant_type: 'password', username: 'alice', password: 'wonderland' }

describe('a password login', () => {
  test('answers 200 with access_token, token_type Bearer, expires_in, refresh_token and scope', async () => {
    const issuer = await openIssuer()
    const { status, headers, body } = await issuer.token({ ...alice, scope: 'read write' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      scope: 'read write',
    })
  })

  test('is never cached', async () => {
    const issuer = await openIssuer()
    const { headers } = await issuer.token(alice)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('pragma')).toBe('no-cache')
  })

  test('gives an access token with the claims of RFC 9068, jti and scope', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid read' })
    expect(decodeProtectedHeader(access_token)).toEqual({
      typ: 'at+jwt',
      alg: 'ES256',
      kid: expect.any(String),
    })
    expect(decodeJwt(access_token)).toEqual({
      iss: ISSUER,
      aud: ISSUER,
      sub: 'alice',
      client_id: 'demo-spa',
      iat: START / 1000,
      exp: START / 1000 + 900,
      auth_time: START / 1000,
      amr: ['pwd'],
      jti: expect.stringMatching(/^[\w-]{22}$/),
      scope: 'openid read',
      given_name: 'Alice',
      family_name: 'Liddell',
      email_verified: true,
      locale: 'en-GB',
    })
  })

  test('gives a refresh token that says it is one and lasts seven days', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice', { scope: 'read' })
    expect(decodeProtectedHeader(refresh_token!).typ).toBe('rt+jwt')
    expect(decodeJwt(refresh_token!)).toEqual({
      iss: ISSUER,
      aud: ISSUER,
      sub: 'alice',
      client_id: 'demo-spa',
      iat: START / 1000,
      exp: START / 1000 + 604_800,
      auth_time: START / 1000,
      amr: ['pwd'],
      jti: expect.stringMatching(/^[\w-]{22}$/),
      scope: 'read',
    })
  })

  test('gives every token a jti of its own', async () => {
    const issuer = await openIssuer()
    const tokens = [await issuer.login('alice'), await issuer.login('alice')].flatMap((answer) => [
      answer.access_token,
      answer.refresh_token!,
    ])
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(4)
  })

  test("lets none of a user's own claims take the place of a registered one", async () => {
    const forged = {
      sub: 'bob',
      exp: 1,
      jti: 'mine',
      iss: 'https://elsewhere.test',
      scope: 'admin',
      client_id: 'x',
    }
    const users = [{ username: 'alice', password: 'wonderland', claims: { ...forged, role: 'editor' } }]
    const issuer = await openIssuer({ workspace: { users } })
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    expect(decodeJwt(access_token)).toMatchObject({
      iss: ISSUER,
      sub: 'alice',
      client_id: 'demo-spa',
      exp: START / 1000 + 900,
      scope: 'read',
      role: 'editor',
    })
    expect((await issuer.get('/me', { authorization: `Bearer ${access_token}` })).body).toMatchObject({
      sub: 'alice',
      role: 'editor',
    })
  })

  test('takes lifetimes from the settings', async () => {
    const settings = { accessTokenLifetime: 60, refreshTokenLifetime: 3_600 }
    const issuer = await openIssuer({ workspace: { settings } })
    const { access_token, refresh_token, expires_in } = await issuer.login('alice')
    expect(expires_in).toBe(60)
    expect(decodeJwt(access_token).exp).toBe(START / 1000 + 60)
    expect(decodeJwt(refresh_token!).exp).toBe(START / 1000 + 3_600)
  })

  test('takes lifetimes from the client where it has its own', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', {
      id: 'demo-spa',
      changes: { accessTokenLifetime: 30, refreshTokenLifetime: 90 },
    })
    const { refresh_token, expires_in } = await issuer.login('alice')
    expect(expires_in).toBe(30)
    expect(decodeJwt(refresh_token!).exp).toBe(START / 1000 + 90)
  })

  test('gives no refresh token to a client that is not registered for refresh_token', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { grantTypes: ['password'] } })
    expect(await issuer.login('alice')).not.toHaveProperty('refresh_token')
  })

  test('stores every token it gives in the ledger', async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice', { scope: 'read' })
    const { total, rows } = await issuer.call('tokens.list', {})
    expect(total).toBe(2)
    const byKind = Object.fromEntries(rows.map((row) => [row.kind, row]))
    const common = {
      state: 'active',
      userId: 'alice',
      username: 'alice',
      clientId: 'demo-spa',
      scopes: ['read'],
    }
    expect(byKind).toMatchObject({
      access: { ...common, jti: decodeJwt(access_token).jti, expiresAt: START + 900_000 },
      refresh: { ...common, jti: decodeJwt(refresh_token!).jti, expiresAt: START + 604_800_000 },
    })
    expect(byKind.access!.grantId).toBe(byKind.refresh!.grantId)
  })

  test('never answers with the password or its hash', async () => {
    const issuer = await openIssuer()
    const { text } = await issuer.token(alice)
    expect(text).not.toContain('wonderland')
    expect(text).not.toContain('$2')
  })

  test('reads the media type whatever its case and parameters', async () => {
    const issuer = await openIssuer()
    const body = new URLSearchParams(alice).toString()
    const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded ; charset=UTF-8' }
    expect((await issuer.send('/token', { method: 'POST', body, headers })).status).toBe(200)
  })

  test('reads form-encoded characters in name and password', async () => {
    const users = [{ id: 'zoe', username: 'Zoë & co', password: 'p+ä=%&🦊' }]
    const issuer = await openIssuer({ workspace: { users } })
    const fields = { grant_type: 'password', username: 'Zoë & co', password: 'p+ä=%&🦊' }
    expect((await issuer.token(fields)).status).toBe(200)
  })
})

describe('a password login is refused', () => {
  const rows: [string, Fields, { error: string; description: string }, string][] = [
    [
      'wrong password: 400 invalid_grant "Incorrect username or password"',
      { ...alice, password: 'Wonderland' },
      { error: 'invalid_grant', description: 'Incorrect username or password' },
      'password.right',
    ],
    [
      'unknown user: the same as a wrong password',
      { ...alice, username: 'mallory' },
      { error: 'invalid_grant', description: 'Incorrect username or password' },
      'password.right',
    ],
    [
      'a username of another case is another user',
      { ...alice, username: 'Alice' },
      { error: 'invalid_grant', description: 'Incorrect username or password' },
      'password.right',
    ],
    [
      'inactive user with the right password: 400 invalid_grant "Inactive user"',
      { ...alice, username: 'bob', password: 'builder' },
      { error: 'invalid_grant', description: 'Inactive user' },
      'user.active',
    ],
    [
      'inactive user with a wrong password learns nothing of being inactive',
      { ...alice, username: 'bob' },
      { error: 'invalid_grant', description: 'Incorrect username or password' },
      'password.right',
    ],
    [
      'no username: 400 invalid_request that names it',
      { grant_type: 'password', password: 'wonderland' },
      { error: 'invalid_request', description: 'Parameter username is missing' },
      'password.credentials-present',
    ],
    [
      'an empty username counts as left out (RFC 6749 3.2)',
      { ...alice, username: '' },
      { error: 'invalid_request', description: 'Parameter username is missing' },
      'password.credentials-present',
    ],
    [
      'no password: 400 invalid_request that names it',
      { grant_type: 'password', username: 'alice' },
      { error: 'invalid_request', description: 'Parameter password is missing' },
      'password.credentials-present',
    ],
    [
      'neither: 400 invalid_request that names both',
      { grant_type: 'password' },
      { error: 'invalid_request', description: 'Parameter username and password is missing' },
      'password.credentials-present',
    ],
    [
      'no grant_type: 400 invalid_request',
      { username: 'alice', password: 'wonderland' },
      { error: 'invalid_request', description: 'Parameter grant_type is missing' },
      'token.grant-type-present',
    ],
    [
      'pitfall: an unknown grant_type is unsupported_grant_type, not invalid_grant',
      { ...alice, grant_type: 'telepathy' },
      { error: 'unsupported_grant_type', description: 'Unsupported grant_type telepathy' },
      'token.grant-type-supported',
    ],
  ]
  test.each(rows)('%s', async (_rule, fields, refused, check) => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token(fields), { status: 400, ...refused })
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test('pitfall: a refusal ends the request, and no token is stored', async () => {
    const issuer = await openIssuer()
    for (const [, fields] of rows) await issuer.token(fields)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test('topic 9: a JSON body gets 400 invalid_request that says a form is required', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.postJson('/token', alice), {
      status: 400,
      error: 'invalid_request',
      description: 'The body must be form data (application/x-www-form-urlencoded), not application/json',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'request.form-media-type',
      spec: 'RFC 6749 3.2, appendix B',
      observed: 'Content-Type: application/json',
      expected: 'Content-Type: application/x-www-form-urlencoded',
    })
  })

  test('a multipart form gets the same', async () => {
    const issuer = await openIssuer()
    const body = new FormData()
    body.set('grant_type', 'password')
    expectRefusal(await issuer.send('/token', { method: 'POST', body }), {
      status: 400,
      error: 'invalid_request',
      description: 'The body must be form data (application/x-www-form-urlencoded), not multipart/form-data',
    })
  })

  test('no body at all gets the same', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.send('/token', { method: 'POST' }), {
      status: 400,
      error: 'invalid_request',
      description: 'The body must be form data (application/x-www-form-urlencoded)',
    })
  })

  test('parameters in the query do not count (RFC 6749 2.3.1, 3.2)', async () => {
    const issuer = await openIssuer()
    const query = new URLSearchParams(alice)
    expectRefusal(await issuer.postForm(`/token?${query}`, {}), {
      status: 400,
      error: 'invalid_request',
      description: 'Parameter grant_type is missing',
    })
  })

  const bodies: [string, string, string][] = [
    [
      'a parameter sent twice',
      'grant_type=password&username=alice&username=bob&password=x',
      'Parameter username was sent more than once',
    ],
    ['a NUL', 'grant_type=password&username=al%00ice&password=x', 'The body holds a NUL character'],
    [
      'a percent-encoding that is not UTF-8',
      'grant_type=password&username=%ff%fe&password=x',
      'The body is not valid form data',
    ],
    [
      'more than 200 parameters',
      Array.from({ length: 201 }, (_, index) => `p${index}=1`).join('&'),
      'Too many parameters',
    ],
  ]
  test.each(bodies)('%s: 400 invalid_request', async (_what, body, description) => {
    const issuer = await openIssuer()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expectRefusal(await issuer.send('/token', { method: 'POST', body, headers }), {
      status: 400,
      error: 'invalid_request',
      description,
    })
  })

  test('a body larger than is read: 413', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...alice, padding: 'x'.repeat(262_144) }), {
      status: 413,
      error: 'invalid_request',
      description: 'The body is larger than 262144 bytes',
    })
  })

  test('a client that is not registered for the grant: 400 unauthorized_client', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...alice, client_id: 'demo-device' }), {
      status: 400,
      error: 'unauthorized_client',
      description: 'The client may not use the grant_type password',
    })
  })
})

test('under strict it is no grant of this issuer (RFC 9700 2.4)', async () => {
  const issuer = await openIssuer({ workspace: { settings: { profile: 'strict' } } })
  expectRefusal(await issuer.token(alice), {
    status: 400,
    error: 'unsupported_grant_type',
    description: 'The grant_type password is not spoken here',
  })
  expect((await issuer.failedCheck()).check).toBe('token.password-kept')
})
