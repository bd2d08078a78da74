import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { bearer, type Issuer, openIssuer, START } from '../support/issuer.ts'

const userinfo = async (issuer: Issuer, scope: string) => {
  const { access_token } = await issuer.login('alice', { scope })
  return issuer.get('/userinfo', bearer(access_token))
}

describe('userinfo', () => {
  test('openid alone: sub and nothing else', async () => {
    const { status, headers, body } = await userinfo(await openIssuer(), 'openid')
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toEqual({ sub: 'alice' })
  })

  test('profile and email show what they stand for (OpenID Connect Core 1.0 5.4)', async () => {
    const issuer = await openIssuer()
    expect((await userinfo(issuer, 'openid profile')).body).toEqual({
      sub: 'alice',
      name: 'Alice Liddell',
      given_name: 'Alice',
      family_name: 'Liddell',
      preferred_username: 'alice',
      locale: 'en-GB',
      updated_at: START / 1000,
    })
    expect((await userinfo(issuer, 'openid email')).body).toEqual({
      sub: 'alice',
      email: 'alice@example.test',
      email_verified: true,
    })
  })

  test("a user's own claims are there, but none takes the place of sub, and null is left out", async () => {
    const issuer = await openIssuer()
    const claims = { sub: 'mallory', team: 'blue', nickname: 'Al', picture: null }
    await issuer.call('users.update', { id: 'alice', changes: { claims } })
    expect((await userinfo(issuer, 'openid')).body).toEqual({ sub: 'alice', team: 'blue' })
    const { body } = await userinfo(issuer, 'openid profile')
    expect(body).toMatchObject({ sub: 'alice', nickname: 'Al' })
    expect(body).not.toHaveProperty('picture')
  })

  test('answers POST as well, and pages of other origins', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    const headers = { ...bearer(access_token), origin: 'https://app.example' }
    const answer = await issuer.send('/userinfo', { method: 'POST', headers })
    expect([answer.status, answer.body]).toEqual([200, { sub: 'alice' }])
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('says what is true now, not when the token was issued', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid email' })
    await issuer.call('users.update', { id: 'alice', changes: { email: 'new@example.test' } })
    expect((await issuer.get('/userinfo', bearer(access_token))).body.email).toBe('new@example.test')
  })
})

describe('userinfo is refused', () => {
  test('pitfall: without a token it is 401 with the challenge', async () => {
    expectUnauthenticated(await (await openIssuer()).get('/userinfo'))
  })

  test('without the scope openid it is 403 insufficient_scope (RFC 6750 3.1)', async () => {
    expectRefusal(await userinfo(await openIssuer(), 'profile'), {
      status: 403,
      error: 'insufficient_scope',
      description: 'Scope openid required',
      challenge: 'Bearer error="insufficient_scope", scope="openid"',
    })
  })

  test('with a revoked token', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    await issuer.postForm('/revoke', { token: access_token, client_id: 'demo-spa' })
    expectInvalidToken(await issuer.get('/userinfo', bearer(access_token)), 'Token revoked')
  })

  test('with a token a client got for itself', async () => {
    const issuer = await openIssuer()
    const fields = { grant_type: 'client_credentials', client_id: 'demo-service', scope: 'openid' }
    const { body } = await issuer.token({ ...fields, client_secret: 'demo-service-secret' })
    expect((await issuer.get('/userinfo', bearer(String(body.access_token)))).status).toBe(401)
  })
})
