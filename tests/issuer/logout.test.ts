import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { type Answer, bearer, cookie, openIssuer, START } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

const sessionIn = (headers: Headers) => /session_id=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1]

describe('POST /logout with a bearer token', () => {
  test('answers 200 "Logged out", never cached', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const { status, headers, body } = await issuer.postForm('/logout', {}, bearer(access_token))
    expect(status).toBe(200)
    expect(body).toEqual({ detail: 'Logged out' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('puts the jti on the deny list: the same token gets 401 "Token revoked"', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    await issuer.postForm('/logout', {}, bearer(access_token))
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
    expectInvalidToken(await issuer.get('/items', bearer(access_token)), 'Token revoked')
    expectInvalidToken(await issuer.postForm('/logout', {}, bearer(access_token)), 'Token revoked')
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-not-revoked',
      observed: 'revoked: logout, 2031-04-06T12:00:00.000Z',
    })
    expect(await issuer.call('tokens.get', { jti: decodeJwt(access_token).jti! })).toMatchObject({
      state: 'revoked',
      revokedAt: START,
      revokedReason: 'logout',
    })
  })

  test('is on the deny list until it expires', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.postForm('/logout', {}, bearer(access_token))
    issuer.clock.advance(899)
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
    issuer.clock.advance(1)
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(401)
  })

  test("revokes its grant's refresh tokens", async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice')
    await issuer.postForm('/logout', {}, bearer(access_token))
    expectRefusal(await issuer.postJson('/refresh', { refresh_token }), {
      status: 401,
      error: 'invalid_grant',
      description: 'Refresh token revoked',
      challenge: 'Bearer',
    })
  })

  test('revokes the other access tokens of the grant', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice')
    const second = (await issuer.postJson('/refresh', { refresh_token: first.refresh_token })).body
    await issuer.postForm('/logout', {}, bearer(String(second.access_token)))
    expectInvalidToken(await issuer.get('/me', bearer(first.access_token)), 'Token revoked')
  })

  test('leaves other logins of the same user alone', async () => {
    const issuer = await openIssuer()
    const [one, two] = [await issuer.login('alice'), await issuer.login('alice')]
    await issuer.postForm('/logout', {}, bearer(one.access_token))
    expect((await issuer.get('/me', bearer(two.access_token))).status).toBe(200)
    expect((await issuer.postJson('/refresh', { refresh_token: two.refresh_token })).status).toBe(200)
  })

  test('needs no body and no Content-Type', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    expect((await issuer.send('/logout', { method: 'POST', headers: bearer(access_token) })).status).toBe(200)
  })

  test('without anything: 401 with a bare challenge', async () => {
    const issuer = await openIssuer()
    expectUnauthenticated(await issuer.postForm('/logout', {}))
  })

  test('undone in the workbench, the token is good again', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.postForm('/logout', {}, bearer(access_token))
    await issuer.call('tokens.restore', { jtis: [decodeJwt(access_token).jti!] })
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })
})

describe('POST /logout with a session cookie', () => {
  test('ends the session and takes the cookie back', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'alice', password: 'wonderland' })
    const session = cookie(sessionIn(login.headers)!)
    const { status, headers, body } = await issuer.postForm('/logout', {}, session)
    expect(status).toBe(200)
    expect(body).toEqual({ detail: 'Logged out' })
    expect(headers.get('set-cookie')).toBe('session_id=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure')
    expectUnauthenticated(await issuer.get('/me', session), 'Session ended')
    expectUnauthenticated(await issuer.postForm('/logout', {}, session), 'Session ended')
  })

  test('ends a pending session too', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const session = cookie(sessionIn(login.headers)!)
    expect((await issuer.postForm('/logout', {}, session)).status).toBe(200)
    const code = totpCode(CAROLS_SECRET, START)
    expectUnauthenticated(await issuer.postJson('/2fa/verify', { code }, session), 'Session ended')
  })

  test('leaves other sessions of the user alone', async () => {
    const issuer = await openIssuer()
    const fields = { username: 'alice', password: 'wonderland' }
    const [one, two] = [await issuer.postForm('/login', fields), await issuer.postForm('/login', fields)]
    await issuer.postForm('/logout', {}, cookie(sessionIn(one.headers)!))
    expect((await issuer.get('/me', cookie(sessionIn(two.headers)!))).status).toBe(200)
  })

  test('revokes the tokens that /2fa/verify gave along with the session', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const code = totpCode(CAROLS_SECRET, START)
    const verified = await issuer.postJson('/2fa/verify', { code }, cookie(sessionIn(login.headers)!))
    await issuer.postForm('/logout', {}, cookie(sessionIn(verified.headers)!))
    expectInvalidToken(await issuer.get('/me', bearer(String(verified.body.access_token))), 'Token revoked')
  })

  test('logging out by bearer ends the session that /2fa/verify gave along with the token', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const code = totpCode(CAROLS_SECRET, START)
    const verified = await issuer.postJson('/2fa/verify', { code }, cookie(sessionIn(login.headers)!))
    await issuer.postForm('/logout', {}, bearer(String(verified.body.access_token)))
    const session = cookie(sessionIn(verified.headers)!)
    expectUnauthenticated(await issuer.get('/me', session), 'Session ended')
  })

  test('a session nobody was given: 401', async () => {
    const issuer = await openIssuer()
    expectUnauthenticated(await issuer.postForm('/logout', {}, cookie('made-up')), 'Invalid session')
  })

  test('revokes what apps were granted in the session, but not for the time the user is away', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    const tokensFor = async (answer: Answer) =>
      (await issuer.token(codeFields(answerOf(answer).code!))).body as { access_token: string }
    const here = await tokensFor(await browser.logIn('alice', { scope: 'read' }))
    const away = await tokensFor(await browser.logIn('alice', { scope: 'offline_access' }))
    await browser.post('/logout', {})
    expectInvalidToken(await issuer.get('/me', bearer(here.access_token)), 'Token revoked')
    expect((await issuer.get('/me', bearer(away.access_token))).status).toBe(200)
  })
})
