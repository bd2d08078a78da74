import { describe, expect, test } from 'vitest'
import { answerOf, type Browser, codeFields, fieldOf, locationOf, openBrowser } from '../support/browser.ts'
import { expectInvalidToken } from '../support/expect-refusal.ts'
import { bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

const BYE = 'http://127.0.0.1:3000/bye'

interface LoggedIn {
  issuer: Issuer
  browser: Browser
  tokens: { access_token: string; refresh_token: string; id_token: string }
  endSession(fields: Fields): ReturnType<Browser['get']>
}

async function loggedIn(parameters: Fields = {}): Promise<LoggedIn> {
  const issuer = await openIssuer()
  const browser = openBrowser(issuer)
  const { code } = answerOf(await browser.logIn('alice', parameters))
  const tokens = (await issuer.token(codeFields(code!))).body as never
  const endSession = (fields: Fields) => browser.get(`/end_session?${new URLSearchParams(fields)}`)
  return { issuer, browser, tokens, endSession }
}

const isLoggedIn = async (browser: Browser) =>
  'code' in answerOf(await browser.authorize({ prompt: 'none', state: 'after' }))

describe('RP-initiated logout', () => {
  test('with an ID token of the session ends it and leads on, with state, without asking', async () => {
    const { issuer, browser, tokens, endSession } = await loggedIn()
    const { id_token, access_token, refresh_token } = tokens
    const fields = { id_token_hint: id_token, post_logout_redirect_uri: BYE, state: 'x y' }
    expect(locationOf(await endSession(fields))).toBe(`${BYE}?state=x+y`)
    expect(browser.cookies.has('session_id')).toBe(false)
    expect(await isLoggedIn(browser)).toBe(false)
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
    expect((await issuer.token({ grant_type: 'refresh_token', refresh_token })).body.error).toBe(
      'invalid_grant',
    )
  })

  test('takes an ID token that has expired, and a form', async () => {
    const { issuer, browser, tokens } = await loggedIn()
    issuer.clock.advance(3600)
    const answer = await browser.post('/end_session', {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: BYE,
    })
    expect(locationOf(answer)).toBe(BYE)
    expect(await isLoggedIn(browser)).toBe(false)
  })

  test('without post_logout_redirect_uri ends in a page', async () => {
    const { browser, tokens, endSession } = await loggedIn()
    const page = await endSession({ id_token_hint: tokens.id_token })
    expect([page.status, page.text.includes('<h1>Logged out</h1>')]).toEqual([200, true])
    expect(await isLoggedIn(browser)).toBe(false)
  })

  test('leaves tokens for access while the user is away (OpenID Connect Back-Channel Logout 1.0 2.7)', async () => {
    const { issuer, tokens, endSession } = await loggedIn({ scope: 'openid offline_access' })
    await endSession({ id_token_hint: tokens.id_token })
    const { refresh_token } = tokens
    expect((await issuer.token({ grant_type: 'refresh_token', refresh_token })).status).toBe(200)
  })

  test('the logout belongs to the trace of the login', async () => {
    const { issuer, tokens, endSession } = await loggedIn()
    const { traceId } = await issuer.lastExchange()
    await endSession({ id_token_hint: tokens.id_token })
    expect(await issuer.lastExchange()).toMatchObject({ endpoint: 'end-session', traceId, userId: 'alice' })
  })

  test('when nobody is logged in it leads on all the same', async () => {
    const { tokens, endSession } = await loggedIn()
    const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: BYE }
    await endSession(fields)
    expect(locationOf(await endSession(fields))).toBe(BYE)
  })
})

describe('without an ID token of this session the user is asked', () => {
  test.each([['no hint at all'], ['the ID token of another user'], ['of another session']])(
    '%s',
    async (what) => {
      const { issuer, browser, tokens, endSession } = await loggedIn()
      const other = String((await issuer.login('dave', { scope: 'openid' })).id_token)
      if (what === 'of another session') await browser.logIn('alice', { prompt: 'login' })
      const hints: Record<string, Fields> = {
        'no hint at all': { client_id: 'demo-spa' },
        'the ID token of another user': { id_token_hint: other },
        'of another session': { id_token_hint: tokens.id_token },
      }
      const page = await endSession({ ...hints[what]!, post_logout_redirect_uri: BYE, state: 's' })
      expect(page.text).toContain('<h1>Log out?</h1>')
      expect(await isLoggedIn(browser)).toBe(true)
      const names = [...page.text.matchAll(/type="hidden" name="(\w+)"/g)].map(([, name]) => name!)
      const fields = Object.fromEntries(names.map((name) => [name, fieldOf(page, name)]))
      expect(locationOf(await browser.post('/end_session', fields))).toBe(`${BYE}?state=s`)
      expect(await isLoggedIn(browser)).toBe(false)
    },
  )

  test('a page of another site cannot answer for them', async () => {
    const { browser } = await loggedIn()
    for (const confirm of ['yes', 'a'.repeat(43)]) {
      expect((await browser.post('/end_session', { confirm })).text).toContain('<h1>Log out?</h1>')
    }
    expect(await isLoggedIn(browser)).toBe(true)
  })
})

describe('a logout request that cannot be trusted ends in a page, and nobody is logged out', () => {
  test.each([
    ['a forged hint', { id_token_hint: 'a.b.c' }, 'end-session.hint'],
    ['an unknown client', { client_id: 'nobody' }, 'end-session.client'],
    [
      'a URI nobody registered',
      { client_id: 'demo-spa', post_logout_redirect_uri: 'https://evil.example/' },
      'end-session.redirect-uri',
    ],
    ['a URI without a client', { post_logout_redirect_uri: BYE }, 'end-session.redirect-uri'],
    [
      'a client without such URIs',
      { client_id: 'demo-device', post_logout_redirect_uri: BYE },
      'end-session.redirect-uri',
    ],
  ])('%s', async (_what, fields, check) => {
    const { issuer, browser, endSession } = await loggedIn()
    const answer = await endSession(fields as Fields)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect((await issuer.failedCheck()).check).toBe(check)
    expect(await isLoggedIn(browser)).toBe(true)
  })

  test('the hint of one client with the client_id of another', async () => {
    const { issuer, tokens, endSession } = await loggedIn()
    const answer = await endSession({ id_token_hint: tokens.id_token, client_id: 'demo-web' })
    expect(answer.status).toBe(400)
    expect((await issuer.failedCheck()).check).toBe('end-session.client')
  })

  test('an access token is no hint', async () => {
    const { tokens, endSession } = await loggedIn()
    expect((await endSession({ id_token_hint: tokens.access_token })).status).toBe(400)
  })
})
