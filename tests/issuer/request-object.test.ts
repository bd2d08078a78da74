import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf, makeKey, secretSigner, type TestKey, unsigned } from '../support/assertions.ts'
import {
  answerOf,
  type Browser,
  CALLBACK,
  codeFields,
  LED_AT_ONCE,
  locationOf,
  openBrowser,
  REQUEST,
} from '../support/browser.ts'
import { type Fields, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

// Requests inside a signed JWT (RFC 9101, OpenID Connect Core 1.0 6.1).

const TYPE = { typ: 'oauth-authz-req+jwt' }

interface Opened {
  issuer: Issuer
  browser: Browser
  key: TestKey
  /** GET /authorize with client_id, this request object and no more. */
  ask(request: string, more?: Fields): ReturnType<Browser['get']>
  sign(claims?: object, header?: object): Promise<string>
}

/** What REQUEST asks, as claims. */
const inside = (changes: object = {}) => {
  const { sub: _, ...jwt } = claimsOf('demo-spa')
  return { ...jwt, ...REQUEST, ...changes }
}

async function open(
  profile: 'strict' | 'standard' | 'lenient' = 'standard',
  changes: object = {},
): Promise<Opened> {
  const issuer = await openIssuer({ workspace: { settings: { profile, checkLevels: LED_AT_ONCE } } })
  const key = await makeKey()
  await issuer.call('clients.update', { id: 'demo-spa', changes: { jwks: { keys: [key.jwk] }, ...changes } })
  const browser = openBrowser(issuer)
  return {
    issuer,
    browser,
    key,
    ask: (request, more = {}) =>
      browser.get(`/authorize?${new URLSearchParams({ client_id: 'demo-spa', request, ...more })}`),
    sign: (claims = {}, header = TYPE) => key.sign(inside(claims), header),
  }
}

const warnings = async (issuer: Issuer) =>
  (await issuer.lastExchange()).verdicts.flatMap(({ check, outcome }) =>
    outcome === 'warned' ? [check] : [],
  )

describe('a request object', () => {
  test.each(['strict', 'standard', 'lenient'] as const)(
    'under %s is answered as it says',
    async (profile) => {
      const { issuer, browser, ask, sign } = await open(profile)
      expect(locationOf(await ask(await sign()))).toMatch(/^interaction\?/)
      expect(await warnings(issuer)).toEqual([])
      await browser.logIn()
      const { code, ...rest } = answerOf(await ask(await sign({ state: 'inside' })))
      expect(rest).toEqual({ state: 'inside', iss: ISSUER })
      expect((await issuer.token(codeFields(code!))).status).toBe(200)
    },
  )

  test('may hold numbers, and JSON as such', async () => {
    const { issuer, browser, ask, sign } = await open()
    await browser.logIn()
    issuer.clock.advance(100)
    const claims = { id_token: { auth_time: { essential: true } } }
    const late = await sign({ max_age: 99, claims, iat: START / 1000, exp: START / 1000 + 200 })
    expect(locationOf(await ask(late))).toMatch(/^interaction\?/)
    const soon = await sign({ max_age: 101, claims, exp: START / 1000 + 200 })
    expect(answerOf(await ask(soon))).toHaveProperty('code')
  })

  test('of RFC 9101 4 is read with the key printed there', async () => {
    const issuer = await openIssuer({
      issuer: 'https://server.example.com',
      workspace: { settings: { legacyResponseTypes: true } },
    })
    await issuer.call('clients.create', {
      id: 's6BhdRkqt3',
      redirectUris: ['https://client.example.org/cb'],
      responseTypes: ['code id_token'],
      jwks: { keys: [rfcKey] },
    })
    const query = new URLSearchParams({ client_id: 's6BhdRkqt3', request: rfcRequest })
    const answer = await openBrowser(issuer).get(`/authorize?${query}`)
    expect(locationOf(answer)).toMatch(/^interaction\?/)
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'request-object.signature')).toMatchObject({
      outcome: 'passed',
      observed: 'signed with key "k2bdc"',
    })
  })

  test('may be signed with the secret', async () => {
    const { issuer, ask } = await open()
    const secret = 'a secret of thirty-two characters'
    await issuer.call('clients.create', {
      id: 'hmac',
      secret,
      authMethods: ['client_secret_basic'],
      redirectUris: ['loopback'],
      requestObjectSigningAlg: 'HS256',
    })
    const request = await secretSigner(secret)({ ...inside(), iss: 'hmac', client_id: 'hmac' }, TYPE)
    expect(locationOf(await ask(request, { client_id: 'hmac' }))).toMatch(/^interaction\?/)
  })

  test('may be pushed, and counts for a client that has to sign', async () => {
    const { issuer, browser, sign } = await open('strict', {
      requireSignedRequestObject: true,
      requirePushedAuthorizationRequests: true,
    })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { autoApprove: true } })
    const request = await sign({ login_hint: 'alice' })
    const { status, body } = await issuer.postForm('/par', { client_id: 'demo-spa', request })
    expect(status).toBe(201)
    const query = new URLSearchParams({ client_id: 'demo-spa', request_uri: String(body.request_uri) })
    expect(answerOf(await browser.get(`/authorize?${query}`))).toHaveProperty('code')
  })

  test('warns under standard where the type, iss and aud are left out, or it comes again', async () => {
    const { issuer, ask, sign } = await open()
    const request = await sign({ iss: undefined, aud: undefined }, {})
    const missing = ['request-object.typed', 'request-object.issuer-named', 'request-object.audience-named']
    expect(locationOf(await ask(request))).toMatch(/^interaction\?/)
    expect(await warnings(issuer)).toEqual(missing)
    expect(locationOf(await ask(request))).toMatch(/^interaction\?/)
    expect(await warnings(issuer)).toEqual([...missing, 'request-object.unused'])
  })
})

describe('what stands beside it', () => {
  test('does not count where the object says otherwise', async () => {
    const { issuer, browser, ask, sign } = await open()
    await browser.logIn()
    const answer = answerOf(await ask(await sign({ state: 'inside' }), { state: 'beside' }))
    expect(answer.state).toBe('inside')
    expect(await warnings(issuer)).toEqual(['request-object.complete'])
  })

  test('fills it up (OpenID Connect Core 1.0 6.1), but not under strict (RFC 9101 6.3)', async () => {
    for (const profile of ['standard', 'strict'] as const) {
      const { browser, ask, sign } = await open(profile)
      await browser.logIn()
      const answer = answerOf(await ask(await sign({ state: undefined }), { state: 'beside' }))
      expect(answer.state).toBe(profile === 'strict' ? undefined : 'beside')
    }
  })

  test('does not fill up what a client has to sign', async () => {
    const { issuer, browser, ask, sign } = await open()
    await browser.logIn()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { requireSignedRequestObject: true } })
    expect(answerOf(await ask(await sign({ state: undefined }), { state: 'beside' }))).not.toHaveProperty(
      'state',
    )
  })

  test('may be the same once more', async () => {
    const { issuer, ask, sign } = await open('strict')
    await ask(await sign(), { scope: 'openid', response_type: 'code' })
    expect(await warnings(issuer)).toEqual([])
  })
})

describe('what is refused', () => {
  const strict = { profile: 'strict' } as const
  const refused: [
    string,
    (opened: Opened) => Promise<string> | string,
    string,
    ({ profile?: 'strict'; changes?: object; more?: Fields } | undefined)?,
  ][] = [
    ['no JWT', () => 'x', 'readable'],
    ['a JWT with something around it', async ({ sign }) => `Bearer ${await sign()}`, 'readable'],
    [
      'one encrypted for a kind of key the issuer has not',
      () => `${'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ'}.a.b.c.d`,
      'encryption',
    ],
    ['one too large', () => 'x'.repeat(65_537), 'size'],
    ['another type', ({ sign }) => sign({}, { typ: 'at+jwt' }), 'type'],
    ['no type, under strict', ({ sign }) => sign({}, {}), 'typed', strict],
    ['one without end, under strict', ({ sign }) => sign({ exp: undefined }), 'expiry-present', strict],
    [
      'one with an end far away, under strict',
      ({ sign }) => sign({ exp: START / 1000 + 86_400 }),
      'expires-soon',
      strict,
    ],
    ['a foreign key', async () => (await makeKey()).sign(inside(), TYPE), 'signature'],
    ['nobody', () => unsigned(inside()), 'algorithm'],
    [
      'nobody, under strict, though registered so',
      () => `${Buffer.from('{"alg":"none","typ":"oauth-authz-req+jwt"}').toString('base64url')}.e30.`,
      'signed',
      { ...strict, changes: { requestObjectSigningAlg: 'none' } },
    ],
    [
      'another algorithm',
      ({ sign }) => sign(),
      'algorithm-registered',
      { changes: { requestObjectSigningAlg: 'RS256' } },
    ],
    ['another issuer', ({ sign }) => sign({ iss: 'demo-web' }), 'issuer'],
    ['another audience', ({ sign }) => sign({ aud: `${ISSUER}/authorize` }), 'audience'],
    ['past', ({ sign }) => sign({ exp: START / 1000 - 60 }), 'not-expired'],
    ['future', ({ sign }) => sign({ nbf: START / 1000 + 61 }), 'not-before'],
    ['another client', ({ sign }) => sign({ client_id: 'demo-web' }), 'client'],
    ['an object inside', ({ sign }) => sign({ request: 'a.b.c' }), 'not-nested'],
    ['a NUL', ({ sign }) => sign({ state: 'a\0b' }), 'parameters'],
    [
      'half a character',
      ({ key }) => key.signText(`{"state":"\\ud800","client_id":"demo-spa"}`),
      'parameters',
    ],
    ['another response_type', ({ sign }) => sign(), 'same-beside', { more: { response_type: 'none' } }],
  ]
  test.each(refused)('%s', async (_what, make, check, { profile, changes, more = {} } = {}) => {
    const opened = await open(profile, changes)
    const answer = await opened.ask(await make(opened), { redirect_uri: CALLBACK, state: 'beside', ...more })
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_request_object', state: 'beside' })
    expect((await opened.issuer.failedCheck()).check).toBe(`request-object.${check}`)
  })

  test('a use of it under strict', async () => {
    const { issuer, ask, sign } = await open('strict')
    const request = await sign()
    await ask(request)
    expect((await ask(request)).status).toBe(400)
    expect((await issuer.failedCheck()).check).toBe('request-object.unused')
  })

  test('none passes for a client registered so, with a warning', async () => {
    const { issuer, ask } = await open('standard', { requestObjectSigningAlg: 'none' })
    expect(locationOf(await ask(unsigned(inside())))).toMatch(/^interaction\?/)
    expect(await warnings(issuer)).toContain('request-object.signed')
  })

  test('without a redirect_uri beside it there is nowhere to say so but a page', async () => {
    const { ask } = await open()
    const answer = await ask('x')
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.text).toContain('invalid_request_object')
    const foreign = await ask('x', { redirect_uri: 'https://evil.test/' })
    expect([foreign.status, foreign.headers.get('location')]).toEqual([400, null])
  })

  test('a redirect_uri inside that is not registered ends in a page', async () => {
    const { issuer, ask, sign } = await open()
    const request = await sign({ redirect_uri: 'https://evil.test/' })
    expect((await ask(request, { redirect_uri: CALLBACK })).status).toBe(400)
    expect((await issuer.failedCheck()).check).toBe('authorize.redirect-uri-registered')
  })

  test.each([
    [
      'plain parameters of a client that has to sign',
      { requireSignedRequestObject: true },
      'request-object.required',
    ],
    [
      'a request of a client that has to push',
      { requirePushedAuthorizationRequests: true },
      'pushed.required',
    ],
  ])('%s', async (_what, changes, check) => {
    const { issuer, browser } = await open('standard', changes)
    expect(answerOf(await browser.authorize())).toMatchObject({ error: 'invalid_request' })
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test('request and request_uri together', async () => {
    const { issuer, ask, sign } = await open()
    const request_uri = 'urn:ietf:params:oauth:request_uri:x'
    expect((await ask(await sign(), { request_uri })).status).toBe(400)
    expect((await issuer.failedCheck()).check).toBe('request-object.alone')
  })
})

test('garbage is never a defect', { timeout: 30_000 }, async () => {
  const { issuer, ask, key } = await open('lenient')
  const wild = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('e', 'y', 'J', '.', '-', '_'), maxLength: 40 }),
    fc.jsonValue().map((value) => `${Buffer.from(JSON.stringify(value)).toString('base64url')}.e30.`),
  )
  const names = fc.constantFrom(...Object.keys(REQUEST), 'claims', 'resource', 'aud', 'exp', 'jti', 'max_age')
  const payload = fc.oneof(
    fc.dictionary(names, fc.jsonValue()).map((claims) => JSON.stringify(claims)),
    fc.integer({ min: 1, max: 4_000 }).map((depth) => `{"claims":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        wild,
        payload.map((text) => ({ text })),
      ),
      async (made) => {
        const request = typeof made === 'string' ? made : await key.signText(made.text)
        const { status } = await ask(request, { redirect_uri: CALLBACK })
        expect([303, 400]).toContain(status)
      },
    ),
    { numRuns: 200 },
  )
  expect(issuer.log).toEqual([])
})

test('discovery says so', async () => {
  const { issuer } = await open()
  const metadata = async () => (await issuer.get('/.well-known/openid-configuration')).body
  expect(await metadata()).toMatchObject({
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    require_signed_request_object: false,
    require_pushed_authorization_requests: false,
    request_object_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256', 'HS256', 'none']),
  })
  await issuer.call('settings.update', { profile: 'strict' })
  expect((await metadata()).request_object_signing_alg_values_supported).not.toContain('none')
})

/** RFC 9101 4 */
const rfcRequest = [
  'eyJhbGciOiJSUzI1NiIsImtpZCI6ImsyYmRjIn0.ewogICAgImlzcyI6ICJzNkJoZF',
  'JrcXQzIiwKICAgICJhdWQiOiAiaHR0cHM6Ly9zZXJ2ZXIuZXhhbXBsZS5jb20iLAog',
  'ICAgInJlc3BvbnNlX3R5cGUiOiAiY29kZSBpZF90b2tlbiIsCiAgICAiY2xpZW50X2',
  'lkIjogInM2QmhkUmtxdDMiLAogICAgInJlZGlyZWN0X3VyaSI6ICJodHRwczovL2Ns',
  'aWVudC5leGFtcGxlLm9yZy9jYiIsCiAgICAic2NvcGUiOiAib3BlbmlkIiwKICAgIC',
  'JzdGF0ZSI6ICJhZjBpZmpzbGRraiIsCiAgICAibm9uY2UiOiAibi0wUzZfV3pBMk1q',
  'IiwKICAgICJtYXhfYWdlIjogODY0MDAKfQ.Nsxa_18VUElVaPjqW_ToI1yrEJ67BgK',
  'b5xsuZRVqzGkfKrOIX7BCx0biSxYGmjK9KJPctH1OC0iQJwXu5YVY-vnW0_PLJb1C2',
  'HG-ztVzcnKZC2gE4i0vgQcpkUOCpW3SEYXnyWnKzuKzqSb1wAZALo5f89B_p6QA6j6',
  'JwBSRvdVsDPdulW8lKxGTbH82czCaQ50rLAg3EYLYaCb4ik4I1zGXE4fvim9FIMs8O',
  'CMmzwIB5S-ujFfzwFjoyuPEV4hJnoVUmXR_W9typPf846lGwA8h9G9oNTIuX8Ft2jf',
  'pnZdFmLg3_wr3Wa5q3a-lfbgF3S9H_8nN3j1i7tLR_5Nz-g',
].join('')

const rfcKey = {
  kty: 'RSA',
  kid: 'k2bdc',
  n: [
    'x5RbkAZkmpRxia65qRQ1wwSMSxQUnS7gcpVTV_cdHmfmG2ltd2yabEO9XadD8',
    'pJNZubINPpmgHh3J1aD9WRwS05ucmFq3CfFsluLt13_7oX5yDRSKX7poXmT_5',
    'ko8k4NJZPMAO8fPToDTH7kHYbONSE2FYa5GZ60CUsFhSonI-dcMDJ0Ary9lxI',
    'w5k2z4TAdARVWcS7sD07VhlMMshrwsPHBQgTatlkxyIHXbYdtak8fqvNAwr7O',
    'lVEvM_Ipf5OfmdB8Sd-wjzaBsyP4VhJKoi_qdgSzpC694XZeYPq45Sw-q51iF',
    'UlcOlTCI7z6jltUtnR6ySn6XDGFnzH5Fe5ypw',
  ].join(''),
  e: 'AQAB',
}
