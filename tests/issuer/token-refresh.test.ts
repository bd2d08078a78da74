import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidClient, expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'

const refresh = (issuer: Issuer, refreshToken: string | undefined, fields: Fields = {}) =>
  issuer.token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...fields })

const invalidGrant = (description: string) => ({ status: 400, error: 'invalid_grant', description })

describe('grant_type=refresh_token', () => {
  test('gives a new access and refresh token with the scopes granted', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice', { scope: 'read write' })
    const { status, headers, body } = await refresh(issuer, first.refresh_token)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      scope: 'read write',
    })
    expect(body.access_token).not.toBe(first.access_token)
    expect(body.refresh_token).not.toBe(first.refresh_token)
    expect((await issuer.get('/me', bearer(String(body.access_token)))).status).toBe(200)
  })

  test('keeps when and how the user logged in (RFC 9068 2.2.1)', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    issuer.clock.advance(600)
    const { body } = await refresh(issuer, refresh_token)
    expect(decodeJwt(String(body.access_token))).toMatchObject({
      iat: START / 1000 + 600,
      auth_time: START / 1000,
      amr: ['pwd'],
    })
  })

  test('uses the old refresh token up and names it as the parent of the new ones', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const { body } = await refresh(issuer, refresh_token)
    const { jti } = decodeJwt(refresh_token!)
    expect(await issuer.call('tokens.get', { jti: jti! })).toMatchObject({
      state: 'consumed',
      consumedAt: START,
    })
    const next = await issuer.call('tokens.get', { jti: decodeJwt(String(body.refresh_token)).jti! })
    expect(next).toMatchObject({ state: 'active', parentJti: jti })
    expect(next.family).toHaveLength(4)
  })

  test('leaves the access token that is out alive until it expires', async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice')
    await refresh(issuer, refresh_token)
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test('narrows the scope when asked to (RFC 6749 6)', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice', { scope: 'read write' })
    const { body } = await refresh(issuer, refresh_token, { scope: 'read' })
    expect(body.scope).toBe('read')
    expect(decodeJwt(String(body.access_token)).scope).toBe('read')
  })

  test('the next refresh token keeps the scope of the one before, whatever was narrowed (RFC 6749 6)', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice', { scope: 'read write' })
    const narrowed = (await refresh(issuer, refresh_token, { scope: 'read' })).body
    expect(decodeJwt(String(narrowed.refresh_token)).scope).toBe('read write')
    const { body } = await refresh(issuer, String(narrowed.refresh_token))
    expect(body.scope).toBe('read write')
  })

  test('never widens the scope: 400 invalid_scope, and the token is not used up', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice', { scope: 'read' })
    expectRefusal(await refresh(issuer, refresh_token, { scope: 'read write' }), {
      status: 400,
      error: 'invalid_scope',
      description: 'The scope goes beyond what was granted',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'refresh.scope-narrows',
      observed: 'write',
      expected: 'of read',
    })
    expect((await refresh(issuer, refresh_token)).status).toBe(200)
  })

  test('works for a confidential client that authenticates', async () => {
    const issuer = await openIssuer()
    const client = basic('demo-web', 'demo-web-secret')
    const login = await issuer.token(
      { grant_type: 'password', username: 'alice', password: 'wonderland' },
      client,
    )
    const answer = await issuer.token(
      { grant_type: 'refresh_token', refresh_token: String(login.body.refresh_token) },
      client,
    )
    expect(answer.status).toBe(200)
    expect(decodeJwt(String(answer.body.access_token)).client_id).toBe('demo-web')
  })
})

describe('grant_type=refresh_token is refused', () => {
  test('no refresh_token: 400 invalid_request', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ grant_type: 'refresh_token' }), {
      status: 400,
      error: 'invalid_request',
      description: 'Parameter refresh_token is missing',
    })
  })

  test('a confidential client without its secret cannot refresh', async () => {
    const issuer = await openIssuer()
    const client = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { refresh_token } = await issuer.login('alice', client)
    expectInvalidClient(
      await refresh(issuer, refresh_token, { client_id: 'demo-web' }),
      'Client authentication is required',
    )
    expect((await refresh(issuer, refresh_token, client)).status).toBe(200)
  })

  test('pitfall: a refresh token nobody issued is invalid_grant', async () => {
    const issuer = await openIssuer()
    expectRefusal(await refresh(issuer, 'garbage'), invalidGrant('Invalid refresh token'))
    expect((await issuer.failedCheck()).check).toBe('refresh.token-genuine')
  })

  test('pitfall: a refresh token of another issuer is invalid_grant', async () => {
    const [issuer, other] = [await openIssuer(), await openIssuer()]
    const { refresh_token } = await other.login('alice')
    expectRefusal(await refresh(issuer, refresh_token), invalidGrant('Invalid refresh token'))
  })

  test('pitfall: a revoked refresh token is invalid_grant', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('tokens.revoke', { jtis: [decodeJwt(refresh_token!).jti!] })
    expectRefusal(await refresh(issuer, refresh_token), invalidGrant('Refresh token revoked'))
    expect((await issuer.failedCheck()).check).toBe('refresh.token-not-revoked')
  })

  test('pitfall: a consumed refresh token is invalid_grant, and its family is revoked', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice')
    const second = (await refresh(issuer, first.refresh_token)).body
    expectRefusal(await refresh(issuer, first.refresh_token), invalidGrant('Refresh token revoked'))
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'refresh.token-unused',
      spec: 'RFC 9700 4.14.2',
      observed: `used before, 2031-04-06T12:00:00.000Z, 0 ms ago, which gave the refresh token ${decodeJwt(String(second.refresh_token)).jti}`,
    })
    expectRefusal(await refresh(issuer, String(second.refresh_token)), invalidGrant('Refresh token revoked'))
    for (const token of [first.access_token, String(second.access_token)]) {
      expectInvalidToken(await issuer.get('/me', bearer(token)), 'Token revoked')
    }
    const { rows } = await issuer.call('tokens.list', {})
    expect(rows.map(({ state, revokedReason }) => [state, revokedReason])).toEqual(
      Array(4).fill(['revoked', 'refresh token reused']),
    )
  })

  test('reuse leaves other logins of the same user alone', async () => {
    const issuer = await openIssuer()
    const [stolen, other] = [await issuer.login('alice'), await issuer.login('alice')]
    await refresh(issuer, stolen.refresh_token)
    await refresh(issuer, stolen.refresh_token)
    expect((await refresh(issuer, other.refresh_token)).status).toBe(200)
  })

  test('a refresh token of another client: 400 invalid_grant, and its owner keeps it', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    expectRefusal(
      await refresh(issuer, refresh_token, { client_id: 'demo-device' }),
      invalidGrant('The refresh token was issued to another client'),
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'refresh.token-of-client',
      observed: 'client demo-device',
      expected: 'client demo-spa',
    })
    expect((await refresh(issuer, refresh_token)).status).toBe(200)
  })

  test('another client that shows a consumed token does not get the family revoked', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const next = await refresh(issuer, refresh_token)
    expectRefusal(
      await refresh(issuer, refresh_token, { client_id: 'demo-device' }),
      invalidGrant('The refresh token was issued to another client'),
    )
    expect((await refresh(issuer, String(next.body.refresh_token))).status).toBe(200)
  })

  test('an expired refresh token: 400 invalid_grant', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    issuer.clock.advance(604_799)
    const last = await refresh(issuer, refresh_token)
    expect(last.status).toBe(200)
    issuer.clock.advance(604_800)
    expectRefusal(
      await refresh(issuer, String(last.body.refresh_token)),
      invalidGrant('Invalid refresh token'),
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'refresh.token-not-expired',
      observed: "expired 2031-04-20T11:59:59.000Z; the issuer's clock says 2031-04-20T11:59:59.000Z",
    })
  })

  test('an access token is no refresh token', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    expectRefusal(await refresh(issuer, access_token), invalidGrant('Invalid refresh token'))
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test('a user made inactive meanwhile: 400 invalid_grant "Inactive user", and the token is not used up', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await refresh(issuer, refresh_token), invalidGrant('Inactive user'))
    await issuer.call('users.update', { id: 'alice', changes: { active: true } })
    expect((await refresh(issuer, refresh_token)).status).toBe(200)
  })

  test('a user deleted meanwhile takes the tokens along', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('users.delete', { id: 'alice' })
    expectRefusal(await refresh(issuer, refresh_token), invalidGrant('Refresh token revoked'))
  })
})

describe('refreshes at the same time', () => {
  test('exactly one of many wins, and the others count as reuse', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(issuer, refresh_token)))
    const [winner, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    const losers = answers.filter(({ status }) => status !== 200)
    for (const loser of losers) expectRefusal(loser, invalidGrant('Refresh token revoked'))
    expectInvalidToken(await issuer.get('/me', bearer(String(winner!.body.access_token))), 'Token revoked')
    expect((await issuer.call('tokens.list', { filter: { state: 'active' } })).total).toBe(0)
  })

  test('a logout at the same time leaves no live token behind', async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice')
    const [, logout] = await Promise.all([
      refresh(issuer, refresh_token),
      issuer.postForm('/logout', {}, bearer(access_token)),
    ])
    expect(logout.status).toBe(200)
    expect((await issuer.call('tokens.list', { filter: { state: 'active' } })).total).toBe(0)
  })
})
