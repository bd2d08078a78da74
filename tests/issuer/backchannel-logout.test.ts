import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ClientChanges } from '../../shared/contract/operations/clients.ts'
import { redactExchange } from '../../shared/flow/redact.ts'
import { answerOf, type Browser, codeFields, openBrowser } from '../support/browser.ts'
import { ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { openTwo, tokensAt } from '../support/second-issuer.ts'

const OUT = 'http://127.0.0.1:3000/backchannel-logout'

type App = (request: Request) => Response | Promise<Response>

interface LoggedIn {
  issuer: Issuer
  browser: Browser
  tokens: { access_token: string; refresh_token: string; id_token: string }
  /** Bodies the app was sent. */
  heard: { url: string; body: string; type: string | null }[]
  endSession(): ReturnType<Browser['get']>
}

/** Alice, logged in to an app that answers its back channel like this. */
async function loggedIn(
  changes: ClientChanges = {},
  { app = () => new Response(null), scope = 'openid' }: { app?: App; scope?: string } = {},
): Promise<LoggedIn> {
  const issuer = await openIssuer()
  const heard: LoggedIn['heard'] = []
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    async fetch(request) {
      heard.push({
        url: request.url,
        body: await request.clone().text(),
        type: request.headers.get('content-type'),
      })
      return app(request)
    },
  })
  await issuer.call('clients.update', { id: 'demo-spa', changes: { backchannelLogoutUri: OUT, ...changes } })
  const browser = openBrowser(issuer)
  const { code } = answerOf(await browser.logIn('alice', { scope }))
  const tokens = (await issuer.token(codeFields(code!))).body as unknown as LoggedIn['tokens']
  const endSession = () =>
    browser.get(`/end_session?${new URLSearchParams({ id_token_hint: tokens.id_token })}`)
  return { issuer, browser, tokens, heard, endSession }
}

const tokenOf = ({ body }: LoggedIn['heard'][number]) => new URLSearchParams(body).get('logout_token')!

/** As an app must check it (OpenID Connect Back-Channel Logout 1.0 2.6). */
async function verified(issuer: Issuer, token: string) {
  const keys = createLocalJWKSet((await issuer.get('/jwks')).body as unknown as JSONWebKeySet)
  return jwtVerify(token, keys, {
    issuer: ISSUER,
    audience: 'demo-spa',
    typ: 'logout+jwt',
    currentDate: new Date(issuer.clock.now()),
    requiredClaims: ['iat', 'exp', 'jti', 'events', 'sub'],
  })
}

describe('at a logout the app is sent a logout token (OpenID Connect Back-Channel Logout 1.0 2.4, 2.5)', () => {
  test('by form, which says of whom and nothing an ID token would say', async () => {
    const { issuer, tokens, heard, endSession } = await loggedIn({ backchannelLogoutSessionRequired: true })
    const page = await endSession()
    expect(page.text).toContain('<h1>Logged out</h1>')
    expect(heard).toEqual([{ url: OUT, body: expect.any(String), type: 'application/x-www-form-urlencoded' }])
    expect([...new URLSearchParams(heard[0]!.body).keys()]).toEqual(['logout_token'])
    const { payload, protectedHeader } = await verified(issuer, tokenOf(heard[0]!))
    const { sub, sid } = decodeJwt(tokens.id_token)
    expect(payload).toEqual({
      iss: ISSUER,
      sub,
      sid,
      aud: 'demo-spa',
      iat: issuer.clock.now() / 1000,
      exp: issuer.clock.now() / 1000 + 120,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
    expect(payload).not.toHaveProperty('nonce')
    expect(protectedHeader).toMatchObject({ typ: 'logout+jwt', alg: 'ES256' })
  })

  test('without sid where the app does not need it, and under the pairwise name it knows', async () => {
    const { issuer, tokens, heard, endSession } = await loggedIn({
      subjectType: 'pairwise',
      redirectUris: ['http://127.0.0.1:3000/callback'],
    })
    await endSession()
    const { payload } = await verified(issuer, tokenOf(heard[0]!))
    expect(payload).not.toHaveProperty('sid')
    expect(payload.sub).toBe(decodeJwt(tokens.id_token).sub)
    expect(payload.sub).not.toBe('alice')
  })

  test('with the algorithm of its ID tokens', async () => {
    const { issuer, tokens, heard, endSession } = await loggedIn({ idTokenSignedResponseAlg: 'EdDSA' })
    await endSession()
    const { protectedHeader } = await verified(issuer, tokenOf(heard[0]!))
    expect(protectedHeader.alg).toBe('EdDSA')
    expect(decodeProtectedHeader(tokens.id_token).kid).toBe(protectedHeader.kid)
  })

  test('once for each app that got an ID token, however often it did', async () => {
    const { browser, heard, endSession } = await loggedIn()
    answerOf(await browser.authorize({ prompt: 'none' }))
    await endSession()
    await endSession()
    expect(heard).toHaveLength(1)
  })

  test('but not to one that never asked for openid', async () => {
    const { browser, heard } = await loggedIn({}, { scope: 'read' })
    const page = await browser.get('/end_session')
    const confirm = /name="confirm" value="([^"]+)"/.exec(page.text)![1]!
    await browser.post('/end_session', { confirm })
    expect(heard).toEqual([])
  })

  test('with offline access too, whose refresh token goes on (2.7)', async () => {
    const { issuer, tokens, heard, endSession } = await loggedIn({}, { scope: 'openid offline_access' })
    await endSession()
    expect(heard).toHaveLength(1)
    const { refresh_token } = tokens
    expect((await issuer.token({ grant_type: 'refresh_token', refresh_token })).status).toBe(200)
  })

  test('while other refresh tokens are revoked (2.7)', async () => {
    const { issuer, tokens, endSession } = await loggedIn()
    await endSession()
    const { refresh_token } = tokens
    expect((await issuer.token({ grant_type: 'refresh_token', refresh_token })).body.error).toBe(
      'invalid_grant',
    )
  })
})

test('another issuer signs with its own key and name', async () => {
  const issuer = await openTwo()
  const heard: string[] = []
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    async fetch(request) {
      heard.push(new URLSearchParams(await request.text()).get('logout_token')!)
      return new Response(null)
    },
  })
  await issuer.call('clients.update', { id: 'demo-spa', changes: { backchannelLogoutUri: OUT } })
  await tokensAt(issuer, '/acme', { scope: 'openid' })
  const [session] = await issuer.call('sessions.list', {})
  expect(session!.issuer).toBe('acme')
  await issuer.call('sessions.end', { sid: session!.sid })
  const keys = createLocalJWKSet((await issuer.get('/acme/jwks')).body as unknown as JSONWebKeySet)
  const currentDate = new Date(issuer.clock.now())
  const { payload } = await jwtVerify(heard[0]!, keys, { issuer: `${ISSUER}/acme`, currentDate })
  expect(payload.sub).toBe('alice')
})

describe('the app is told however the session ends', () => {
  const ends: [string, (login: LoggedIn) => Promise<unknown>][] = [
    [
      'by the workbench',
      async ({ issuer }) => {
        const [session] = await issuer.call('sessions.list', {})
        expect(session).toMatchObject({ username: 'alice', clients: ['demo-spa'] })
        expect(await issuer.call('sessions.end', { sid: session!.sid })).toEqual({ told: ['demo-spa'] })
      },
    ],
    ['by POST /logout with its cookie', ({ browser }) => browser.post('/logout', {})],
    [
      'as its user is deactivated',
      ({ issuer }) => issuer.call('users.update', { id: 'alice', changes: { active: false } }),
    ],
    ['as its user is deleted', ({ issuer }) => issuer.call('users.delete', { id: 'alice' })],
  ]
  test.each(ends)('%s', async (_how, end) => {
    const login = await loggedIn()
    await end(login)
    expect(login.heard.map(({ url }) => url)).toEqual([OUT])
    expect(decodeJwt(tokenOf(login.heard[0]!)).sub).toBe('alice')
  })
})

describe('what the app answers is in the trace of the login, and holds nobody up', () => {
  const outcome = async ({ issuer }: LoggedIn) => {
    const { rows } = await issuer.call('exchanges.list', { endpoint: 'backchannel-logout' })
    expect(rows).toHaveLength(1)
    return issuer.call('exchanges.get', { id: rows[0]!.id })
  }

  test('200', async () => {
    const login = await loggedIn(
      {},
      { app: () => new Response('bye', { headers: { 'cache-control': 'no-store' } }) },
    )
    await login.endSession()
    const exchange = await outcome(login)
    expect(exchange).toMatchObject({
      direction: 'outbound',
      method: 'POST',
      url: OUT,
      status: 200,
      clientId: 'demo-spa',
      userId: 'alice',
      failedChecks: 0,
      response: { body: 'bye' },
    })
    const { traceId } = (await login.issuer.call('exchanges.list', { endpoint: 'end-session' })).rows[0]!
    expect(exchange.traceId).toBe(traceId)
    expect(JSON.stringify(redactExchange(exchange))).not.toContain(tokenOf(login.heard[0]!))
  })

  const refusals: [string, App, number, string][] = [
    ['400', () => new Response('no', { status: 400 }), 400, '400'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } }), 302, '302'],
    [
      'nothing at all',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('refused') })),
      0,
      'refused',
    ],
    ['without end', () => new Response('x'.repeat(200_000), { status: 500 }), 500, '500'],
  ]
  test.each(refusals)('%s', async (_what, app, status, observed) => {
    const login = await loggedIn({}, { app })
    expect((await login.endSession()).text).toContain('<h1>Logged out</h1>')
    const { verdicts, ...exchange } = await outcome(login)
    expect(exchange).toMatchObject({ status, failedChecks: 1, error: status === 0 ? 'unreachable' : null })
    expect(verdicts).toMatchObject([{ check: 'logout.accepted', outcome: 'failed', observed }])
    expect(login.issuer.log).toEqual([])
  })

  test('an app that never answers is left behind, and ends with the core', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const login = await loggedIn(
      {},
      {
        app: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    )
    const answered = login.endSession()
    await vi.waitUntil(() => login.heard.length === 1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect((await answered).text).toContain('<h1>Logged out</h1>')
    await login.issuer.grantscope.close()
    expect(login.issuer.log).toEqual([])
  })
})

test('a URI with a user name in it is never called, which the trace says', async () => {
  const { issuer, heard, endSession } = await loggedIn({
    backchannelLogoutUri: OUT.replace('://', '://ada@'),
  })
  expect((await endSession()).status).toBe(200)
  expect(heard).toEqual([])
  const { rows } = await issuer.call('exchanges.list', { endpoint: 'backchannel-logout' })
  expect(rows).toMatchObject([{ direction: 'outbound', status: 0, error: 'unreachable' }])
  expect(issuer.log).toEqual([])
})
