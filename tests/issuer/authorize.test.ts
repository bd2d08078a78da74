import { describe, expect, test } from 'vitest'
import {
  answerOf,
  authorizationQuery,
  type Browser,
  CALLBACK,
  fieldOf,
  locationOf,
  openBrowser,
} from '../support/browser.ts'
import { type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

async function open(
  workspace: Parameters<typeof openIssuer>[0] = {},
): Promise<{ issuer: Issuer; browser: Browser }> {
  const issuer = await openIssuer(workspace)
  return { issuer, browser: openBrowser(issuer) }
}

const client = (more: object) => ({
  workspace: { clients: [{ id: 'app', redirectUris: ['https://app.example/cb'], ...more }] },
})

describe('an authorization request that is right', () => {
  test('leads to the login page, and after it back to the app with code, state and iss (RFC 9207)', async () => {
    const { browser } = await open()
    const asked = await browser.authorize()
    expect(asked.status).toBe(303)
    expect(locationOf(asked)).toMatch(/^interaction\?id=[\w-]{43}$/)
    const answer = answerOf(await browser.logIn())
    expect(answer).toEqual({ code: expect.stringMatching(/^[\w-]{43}$/), state: 'af0ifjsldkj', iss: ISSUER })
  })

  test('may come as a form (OpenID Connect Core 1.0 3.1.2.1)', async () => {
    const { browser } = await open()
    const answer = await browser.post('/authorize', Object.fromEntries(authorizationQuery({})))
    expect(locationOf(answer)).toMatch(/^interaction\?/)
  })

  test('is answered at once in a browser that has logged in and consented before (single sign-on)', async () => {
    const { browser } = await open()
    await browser.logIn()
    expect(answerOf(await browser.authorize({ state: 'second' }))).toMatchObject({
      code: expect.any(String),
      state: 'second',
    })
  })

  test('without state is answered without state', async () => {
    const { browser } = await open()
    expect(answerOf(await browser.logIn('alice', { state: '' }))).toEqual({
      code: expect.any(String),
      iss: ISSUER,
    })
  })

  test('is never cached and never framed', async () => {
    const { browser } = await open()
    const page = await browser.follow(await browser.authorize())
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('response_mode', () => {
  test('fragment: the answer stands behind #', async () => {
    const { browser } = await open()
    const location = locationOf(await browser.logIn('alice', { response_mode: 'fragment' }))
    expect(location.startsWith(`${CALLBACK}#`)).toBe(true)
    expect(Object.fromEntries(new URLSearchParams(location.split('#')[1]))).toEqual({
      code: expect.any(String),
      state: 'af0ifjsldkj',
      iss: ISSUER,
    })
  })

  test('form_post: the answer is a form that sends itself, and has a button', async () => {
    const { browser } = await open()
    const page = await browser.logIn('alice', { response_mode: 'form_post', state: '"><script>' })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<form method="post" action="${CALLBACK}">`)
    expect(fieldOf(page, 'code')).toMatch(/^[\w-]{43}$/)
    expect(fieldOf(page, 'state')).toBe('"><script>')
    expect(fieldOf(page, 'iss')).toBe(ISSUER)
    expect(page.text).toContain('<button class="primary" type="submit">Continue</button>')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/)
  })

  test('query: parameters the redirect URI has stay as they are', async () => {
    const { browser } = await open()
    const redirect_uri = 'http://localhost:3000/cb?tenant=a%2Fb'
    const answer = await browser.logIn('alice', { redirect_uri })
    expect(locationOf(answer)).toMatch(/^http:\/\/localhost:3000\/cb\?tenant=a%2Fb&code=/)
  })

  test('an unknown one is refused in the query', async () => {
    const { browser } = await open()
    expect(answerOf(await browser.authorize({ response_mode: 'web_message' }))).toMatchObject({
      error: 'invalid_request',
      error_description: 'Unsupported response_mode web_message',
    })
  })
})

describe('client and redirect URI: a mismatch shows a page and never redirects (RFC 6749 4.1.2.1)', () => {
  const refused: [string, Fields, string, string][] = [
    ['no client_id', { client_id: '' }, 'authorize.client-id-present', 'Parameter client_id is missing'],
    ['an unknown client', { client_id: 'nobody' }, 'authorize.client-known', 'Unknown client nobody'],
    [
      'no redirect_uri',
      { redirect_uri: '' },
      'authorize.redirect-uri-present',
      'Parameter redirect_uri is missing',
    ],
    [
      'another site',
      { redirect_uri: 'https://evil.example/' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'a fragment',
      { redirect_uri: `${CALLBACK}#x` },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'a relative one',
      { redirect_uri: '/callback' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'loopback as user name',
      { redirect_uri: 'http://localhost@evil.example/' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'loopback as subdomain',
      { redirect_uri: 'http://localhost.evil.example/' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'a script',
      { redirect_uri: 'javascript:alert(1)' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
    [
      'a character that is none',
      { redirect_uri: 'http://localhost/ü' },
      'authorize.redirect-uri-registered',
      'redirect_uri is not registered for this client',
    ],
  ]
  test.each(refused)('%s', async (_what, parameters, check, description) => {
    const { issuer, browser } = await open()
    const answer = await browser.authorize(parameters)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.text).toContain(description)
    expect((await issuer.failedCheck()).check).toBe(check)
    expect((await issuer.lastExchange()).error).toBe('invalid_request')
  })

  test('the page says what was seen and what would be right, and lets no markup through', async () => {
    const { browser } = await open(client({}))
    const answer = await browser.authorize({
      client_id: 'app',
      redirect_uri: 'https://app.example/cb/?a=<b>',
    })
    expect(answer.text).toContain('<dt>Seen</dt><dd>https://app.example/cb/?a=&lt;b&gt;</dd>')
    expect(answer.text).toContain('<dt>Expected</dt><dd>https://app.example/cb</dd>')
    expect(answer.text).toContain('RFC 9700 4.1.3')
  })

  test('a parameter that came twice ends in a page', async () => {
    const { issuer, browser } = await open()
    const answer = await browser.get(`/authorize?${authorizationQuery({})}&client_id=demo-web`)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect((await issuer.failedCheck()).check).toBe('request.form')
  })

  test.each([
    ['to the letter', 'https://app.example/cb', 'https://app.example/cb', true],
    ['with a slash too many', 'https://app.example/cb', 'https://app.example/cb/', false],
    ['in another case', 'https://app.example/cb', 'https://app.example/CB', false],
    ['on another port', 'https://app.example/cb', 'https://app.example:8443/cb', false],
    ['127.0.0.1 on any port (RFC 8252 7.3)', 'http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb', true],
    ['[::1] on any port', 'http://[::1]:3000/cb', 'http://[::1]:51004/cb', true],
    ['127.0.0.1 with another path', 'http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb2', false],
    [
      'localhost, whose port counts (RFC 8252 8.3)',
      'http://localhost:3000/cb',
      'http://localhost:3001/cb',
      false,
    ],
    ['an own scheme', 'com.example.app:/cb', 'com.example.app:/cb', true],
    ['loopback: localhost', 'loopback', 'http://localhost:1/x', true],
    ['loopback: [::1] by https', 'loopback', 'https://[::1]:8443/', true],
    ['loopback: another host', 'loopback', 'http://192.168.0.1/', false],
  ])('%s: %s and %s', async (_what, registered, asked, fits) => {
    const { browser } = await open(client({ redirectUris: [registered] }))
    const answer = await browser.authorize({ client_id: 'app', redirect_uri: asked })
    expect(answer.status).toBe(fits ? 303 : 400)
  })

  test('the only redirect URI of a client may be left out, but not with openid (RFC 6749 3.1.2.3)', async () => {
    const { browser } = await open(client({}))
    const asked = { client_id: 'app', redirect_uri: '', prompt: 'none' }
    expect((await browser.authorize(asked)).status).toBe(400)
    const answer = await browser.authorize({ ...asked, scope: 'read' })
    expect(answerOf(answer, 'https://app.example/cb').error).toBe('login_required')
  })
})

test('an error that goes to the client by redirect is among the refused', async () => {
  const { issuer, browser } = await open()
  await browser.authorize()
  await browser.authorize({ response_type: 'token' })
  const targets = async (outcome: 'ok' | 'refused') =>
    (await issuer.call('exchanges.list', { outcome })).rows.map(({ status, error }) => [status, error])
  expect(await targets('refused')).toEqual([[303, 'unsupported_response_type']])
  expect(await targets('ok')).toEqual([[303, null]])
})

describe('other errors go to the client with error, error_description, state and iss', () => {
  const refused: [string, Fields, string, string][] = [
    ['no response_type', { response_type: '' }, 'invalid_request', 'authorize.response-type-present'],
    [
      'response_type=cookie',
      { response_type: 'cookie' },
      'unsupported_response_type',
      'authorize.response-type-supported',
    ],
    ['an unknown scope', { scope: 'openid fly' }, 'invalid_scope', 'scope.known'],
    ['an ill-formed scope', { scope: 'openid "' }, 'invalid_scope', 'scope.syntax'],
    [
      'an unknown PKCE method',
      { code_challenge_method: 'S512' },
      'invalid_request',
      'authorize.challenge-method',
    ],
    ['a method without challenge', { code_challenge: '' }, 'invalid_request', 'authorize.challenge-method'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request', 'authorize.challenge-syntax'],
    ['prompt=none login', { prompt: 'none login' }, 'invalid_request', 'authorize.prompt'],
    ['an unknown prompt', { prompt: 'dance' }, 'invalid_request', 'authorize.prompt'],
    ['max_age=soon', { max_age: 'soon' }, 'invalid_request', 'authorize.max-age'],
    ['a forged id_token_hint', { id_token_hint: 'a.b.c' }, 'invalid_request', 'authorize.id-token-hint'],
    ['a broken request object', { request: 'a.b.c' }, 'invalid_request_object', 'request-object.readable'],
    ['a request_uri', { request_uri: 'urn:x' }, 'invalid_request_uri', 'request-uri.registered'],
    ['a registration', { registration: '{}' }, 'registration_not_supported', 'authorize.no-registration'],
    ['prompt=none without a session', { prompt: 'none' }, 'login_required', 'authorize.login-not-needed'],
  ]
  test.each(refused)('%s: %s', async (_what, parameters, error, check) => {
    const { issuer, browser } = await open()
    const answer = answerOf(await browser.authorize(parameters))
    expect(answer).toEqual({
      error,
      error_description: expect.any(String),
      state: 'af0ifjsldkj',
      iss: ISSUER,
    })
    expect((await issuer.failedCheck()).check).toBe(check)
    expect(await issuer.lastExchange()).toMatchObject({ endpoint: 'authorization', error })
  })

  test('a client that is not registered for codes: unauthorized_client', async () => {
    const { browser } = await open(client({ grantTypes: ['refresh_token'] }))
    const answer = await browser.authorize({ client_id: 'app', redirect_uri: 'https://app.example/cb' })
    expect(answerOf(answer, 'https://app.example/cb').error).toBe('unauthorized_client')
  })
})
