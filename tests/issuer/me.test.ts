import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { bearer, cookie, type Issuer, openIssuer } from '../support/issuer.ts'

const sessionOf = async (issuer: Issuer, username: string, password: string): Promise<string> => {
  const { headers } = await issuer.postForm('/login', { username, password })
  return /session_id=([^;]+)/.exec(headers.get('set-cookie') ?? '')![1]!
}

const alice = {
  sub: 'alice',
  username: 'alice',
  name: 'Alice Liddell',
  email: 'alice@example.test',
  is_active: true,
  two_factor: false,
  given_name: 'Alice',
  family_name: 'Liddell',
  email_verified: true,
  locale: 'en-GB',
}

describe('GET /me', () => {
  test('gives the profile for a bearer token without any scope', async () => {
    const issuer = await openIssuer()
    const { access_token, scope } = await issuer.login('alice')
    expect(scope).toBe('')
    const { status, headers, body } = await issuer.get('/me', bearer(access_token))
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual(alice)
  })

  test('gives the profile for a session cookie', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'alice', 'wonderland')
    expect((await issuer.get('/me', cookie(session))).body).toEqual(alice)
  })

  test('finds the session among other cookies', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'alice', 'wonderland')
    const headers = { cookie: `theme=dark; session_id=${session}; xsession_id=no; last` }
    expect((await issuer.get('/me', headers)).status).toBe(200)
  })

  test('says names beyond ASCII right', async () => {
    const users = [{ id: 'lukasz', username: 'łukasz', password: 'p', name: 'Łukasz 🦊 Żółć' }]
    const issuer = await openIssuer({ workspace: { users } })
    const { access_token } = await issuer.login('łukasz', { password: 'p' })
    expect((await issuer.get('/me', bearer(access_token))).body).toMatchObject({
      sub: 'lukasz',
      name: 'Łukasz 🦊 Żółć',
    })
  })

  test('never holds password, hash or TOTP secret', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.postJson('/2fa/setup', {}, bearer(access_token))
    const { text } = await issuer.get('/me', bearer(access_token))
    expect(text).not.toMatch(/password|secret|\$2[ab]\$/i)
  })

  test('follows changes of the user at once', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('users.update', { id: 'alice', changes: { email: 'new@example.test' } })
    expect((await issuer.get('/me', bearer(access_token))).body.email).toBe('new@example.test')
  })

  test('a bearer token counts more than a cookie', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'dave', 'davinci')
    const { access_token } = await issuer.login('alice')
    const both = { ...bearer(access_token), ...cookie(session) }
    expect((await issuer.get('/me', both)).body.sub).toBe('alice')
    expectInvalidToken(
      await issuer.get('/me', { ...bearer('garbage'), ...cookie(session) }),
      'Malformed token',
    )
  })
})

describe('GET /me is refused', () => {
  test('pitfall: without a token 401 with a bare WWW-Authenticate: Bearer, no error code', async () => {
    const issuer = await openIssuer()
    expectUnauthenticated(await issuer.get('/me'))
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-present',
      observed: 'no Authorization header',
      expected: 'Authorization: Bearer <token>',
    })
  })

  test('a user made inactive meanwhile: 400 "Inactive user" by token', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await issuer.get('/me', bearer(access_token)), {
      status: 400,
      error: 'invalid_request',
      description: 'Inactive user',
      challenge: 'Bearer error="invalid_request", error_description="Inactive user"',
    })
    expect((await issuer.failedCheck()).check).toBe('user.active')
    await issuer.call('users.update', { id: 'alice', changes: { active: true } })
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test('a user made inactive meanwhile: 400 "Inactive user" by session', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'alice', 'wonderland')
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await issuer.get('/me', cookie(session)), {
      status: 400,
      error: 'invalid_request',
      description: 'Inactive user',
    })
  })

  test('a session nobody was given: 401', async () => {
    const issuer = await openIssuer()
    expectUnauthenticated(await issuer.get('/me', cookie('made-up')), 'Invalid session')
    expect((await issuer.failedCheck()).check).toBe('session.known')
  })

  test('an expired session: 401, by the clock', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'alice', 'wonderland')
    issuer.clock.advance(86_399)
    expect((await issuer.get('/me', cookie(session))).status).toBe(200)
    issuer.clock.advance(1)
    expectUnauthenticated(await issuer.get('/me', cookie(session)), 'Session expired')
    expect((await issuer.failedCheck()).check).toBe('session.live')
  })

  test('a pending session: 401', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'carol', 'caroling')
    expectUnauthenticated(await issuer.get('/me', cookie(session)), 'Second factor required')
    expect((await issuer.failedCheck()).check).toBe('session.second-factor-done')
  })

  test('a session of a user deleted meanwhile: 401', async () => {
    const issuer = await openIssuer()
    const session = await sessionOf(issuer, 'alice', 'wonderland')
    await issuer.call('users.delete', { id: 'alice' })
    expectUnauthenticated(await issuer.get('/me', cookie(session)), 'Invalid session')
  })
})
