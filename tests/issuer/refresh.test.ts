import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'

const refresh = (issuer: Issuer, refreshToken: unknown) =>
  issuer.postJson('/refresh', { refresh_token: refreshToken })

const unauthorized = (description: string) => ({
  status: 401,
  error: 'invalid_grant',
  description,
  challenge: 'Bearer',
})
const missing = { status: 400, error: 'invalid_request', description: 'Parameter refresh_token is missing' }

describe('POST /refresh', () => {
  test('takes JSON and gives a new access and refresh token', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice', { scope: 'read' })
    const { status, headers, body } = await refresh(issuer, first.refresh_token)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      scope: 'read',
    })
    expect(body.refresh_token).not.toBe(first.refresh_token)
    expect((await issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
  })

  test('takes a form just as well', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    expect((await issuer.postForm('/refresh', { refresh_token: refresh_token! })).status).toBe(200)
  })

  test('takes JSON without a Content-Type, as a bare fetch with a string body sends it', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const body = JSON.stringify({ refresh_token })
    expect((await issuer.send('/refresh', { method: 'POST', body })).status).toBe(200)
  })

  test('asks for no client: a refresh token of any client will do', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { refresh_token } = await issuer.login('alice', fields)
    const { status, body } = await refresh(issuer, refresh_token)
    expect(status).toBe(200)
    expect(decodeJwt(String(body.access_token)).client_id).toBe('demo-web')
  })

  test('consumes the old token and stores the new ones', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await refresh(issuer, refresh_token)
    const { rows } = await issuer.call('tokens.list', {})
    expect(rows.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'access active',
      'access active',
      'refresh active',
      'refresh consumed',
    ])
  })
})

describe('POST /refresh is refused', () => {
  test('garbage: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    for (const garbage of ['garbage', 'a.b.c', 'Bearer x', 'eyJhbGciOiJub25lIn0.e30.']) {
      expectRefusal(await refresh(issuer, garbage), unauthorized('Invalid refresh token'))
    }
  })

  test('a token cut short: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    expectRefusal(await refresh(issuer, refresh_token!.slice(0, -1)), unauthorized('Invalid refresh token'))
    expect((await refresh(issuer, refresh_token)).status).toBe(200)
  })

  test('revoked: 401 "Refresh token revoked"', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('tokens.revoke', { jtis: [decodeJwt(refresh_token!).jti!], reason: 'stolen laptop' })
    expectRefusal(await refresh(issuer, refresh_token), unauthorized('Refresh token revoked'))
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'refresh.token-not-revoked',
      observed: 'revoked 2031-04-06T12:00:00.000Z: stolen laptop',
    })
  })

  test('restored after a revocation, it works again', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const jtis = [decodeJwt(refresh_token!).jti!]
    await issuer.call('tokens.revoke', { jtis })
    await issuer.call('tokens.restore', { jtis })
    expect((await refresh(issuer, refresh_token)).status).toBe(200)
  })

  test('the undo of a revoked family leaves the used token used', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice')
    const second = (await refresh(issuer, first.refresh_token)).body
    const { grantId } = await issuer.call('tokens.get', { jti: decodeJwt(first.access_token).jti! })
    const { jtis } = await issuer.call('tokens.revokeFamily', { grantId })
    await issuer.call('tokens.restore', { jtis })
    const { state } = await issuer.call('tokens.get', { jti: decodeJwt(first.refresh_token!).jti! })
    expect(state).toBe('consumed')
    expect((await refresh(issuer, String(second.refresh_token))).status).toBe(200)
  })

  test('reused: 401 "Refresh token revoked", and the whole family is revoked', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice')
    const second = (await refresh(issuer, first.refresh_token)).body
    expectRefusal(await refresh(issuer, first.refresh_token), unauthorized('Refresh token revoked'))
    expect((await issuer.failedCheck()).check).toBe('refresh.token-unused')
    expectRefusal(await refresh(issuer, second.refresh_token), unauthorized('Refresh token revoked'))
    expectInvalidToken(await issuer.get('/me', bearer(String(second.access_token))), 'Token revoked')
    expectInvalidToken(await issuer.get('/me', bearer(first.access_token)), 'Token revoked')
  })

  test('used here, it is used at /token too, and the other way round', async () => {
    const issuer = await openIssuer()
    const [one, two] = [await issuer.login('alice'), await issuer.login('alice')]
    const atToken = (token: string) => issuer.token({ grant_type: 'refresh_token', refresh_token: token })
    await refresh(issuer, one.refresh_token)
    expectRefusal(await atToken(one.refresh_token!), {
      status: 400,
      error: 'invalid_grant',
      description: 'Refresh token revoked',
    })
    await atToken(two.refresh_token!)
    expectRefusal(await refresh(issuer, two.refresh_token), unauthorized('Refresh token revoked'))
  })

  test('expired by the clock: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    issuer.clock.advance(604_800)
    expectRefusal(await refresh(issuer, refresh_token), unauthorized('Invalid refresh token'))
  })

  test('made to expire in the workbench: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('tokens.expire', { jtis: [decodeJwt(refresh_token!).jti!] })
    expectRefusal(await refresh(issuer, refresh_token), unauthorized('Invalid refresh token'))
  })

  test('an access token: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    expectRefusal(await refresh(issuer, access_token), unauthorized('Invalid refresh token'))
  })

  test('a pending token: 401 "Invalid refresh token"', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('carol')
    expectRefusal(await refresh(issuer, access_token), unauthorized('Invalid refresh token'))
  })

  test('a refresh token of another issuer: 401 "Invalid refresh token"', async () => {
    const [issuer, other] = [await openIssuer(), await openIssuer()]
    const { refresh_token } = await other.login('alice')
    expectRefusal(await refresh(issuer, refresh_token), unauthorized('Invalid refresh token'))
  })

  test('a user made inactive meanwhile: 401 "Inactive user"', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await refresh(issuer, refresh_token), unauthorized('Inactive user'))
  })

  test.each([undefined, '', 7, null, ['x'], { a: 1 }, true])(
    'refresh_token %j is none: 400',
    async (value) => {
      const issuer = await openIssuer()
      expectRefusal(await refresh(issuer, value), missing)
    },
  )

  test.each(['[]', '"text"', 'null', '7'])('JSON that is no object (%s): 400', async (body) => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.send('/refresh', { method: 'POST', body }), {
      status: 400,
      error: 'invalid_request',
      description: 'The JSON body must be an object',
    })
  })

  test('a body that is neither JSON nor a form: 400', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.send('/refresh', { method: 'POST', body: '{"refresh_token":' }), {
      status: 400,
      error: 'invalid_request',
      description: 'The body is neither JSON nor form data',
    })
  })
})

test('of parallel refreshes with one token exactly one wins', async () => {
  const issuer = await openIssuer()
  const { refresh_token } = await issuer.login('alice')
  const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(issuer, refresh_token)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401])
})
