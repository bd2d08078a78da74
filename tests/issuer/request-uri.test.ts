import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { claimsOf, makeKey } from '../support/assertions.ts'
import {
  answerOf,
  type Browser,
  CALLBACK,
  LED_AT_ONCE,
  locationOf,
  openBrowser,
  REQUEST,
} from '../support/browser.ts'
import { type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

// Request objects that are fetched from a request_uri (RFC 9101 5.2, OpenID Connect Core 1.0 6.2).

const URI = 'https://app.test/request.jwt'
const TYPE = 'application/oauth-authz-req+jwt'

interface Opened {
  issuer: Issuer
  browser: Browser
  /** URLs the issuer asked for. */
  fetched: string[]
  sign(claims?: object): Promise<string>
  /** Lets the URI answer with this. */
  serve(answer: (request: Request) => Response | Promise<Response>): void
  /** GET /authorize with client_id, request_uri and no more. */
  ask(uri?: string, more?: Fields): ReturnType<Browser['get']>
}

async function open(
  profile: 'strict' | 'standard' | 'lenient' = 'standard',
  changes: object = {},
): Promise<Opened> {
  const issuer = await openIssuer({ workspace: { settings: { profile, checkLevels: LED_AT_ONCE } } })
  const key = await makeKey()
  await issuer.call('clients.update', {
    id: 'demo-spa',
    changes: { jwks: { keys: [key.jwk] }, requestUris: [URI], ...changes },
  })
  const fetched: string[] = []
  const browser = openBrowser(issuer)
  let answer: Parameters<Opened['serve']>[0] = () => new Response('', { status: 404 })
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    fetch: async (request) => {
      fetched.push(request.url)
      return answer(request)
    },
  })
  const { sub: _, ...jwt } = claimsOf('demo-spa')
  return {
    issuer,
    browser,
    fetched,
    sign: (claims = {}) => key.sign({ ...jwt, ...REQUEST, ...claims }, { typ: 'oauth-authz-req+jwt' }),
    serve: (next) => {
      answer = next
    },
    ask: (request_uri = URI, more = {}) =>
      browser.get(`/authorize?${new URLSearchParams({ client_id: 'demo-spa', request_uri, ...more })}`),
  }
}

/** Of the exchange before the last, which is the fetch it made necessary. */
async function verdictsBefore(issuer: Issuer) {
  const { rows } = await issuer.call('exchanges.list', { limit: 2 })
  return (await issuer.call('exchanges.get', { id: rows[1]!.id })).verdicts
}
const failedBefore = async (issuer: Issuer) =>
  (await verdictsBefore(issuer)).find(({ outcome }) => outcome === 'failed')

const jwt = (text: string, type = TYPE) => new Response(text, { headers: { 'content-type': type } })

describe('a request_uri the client registered', () => {
  test.each(['strict', 'standard', 'lenient'] as const)(
    'is fetched, and what is there is answered, under %s',
    async (profile) => {
      const { issuer, browser, fetched, sign, serve, ask } = await open(profile)
      await browser.logIn()
      const object = await sign({ state: 'fetched' })
      serve(({ method, headers, redirect }) => {
        expect([method, headers.get('accept'), redirect]).toEqual([
          'GET',
          `${TYPE}, application/jwt`,
          'manual',
        ])
        return jwt(`${object}\n`)
      })
      expect(answerOf(await ask())).toMatchObject({ state: 'fetched', code: expect.any(String), iss: ISSUER })
      expect(fetched).toEqual([URI])
      const { rows } = await issuer.call('exchanges.list', { limit: 2 })
      const [outbound, inbound] = await Promise.all(
        rows.map(({ id }) => issuer.call('exchanges.get', { id })),
      )
      expect(outbound).toMatchObject({
        direction: 'outbound',
        endpoint: 'request-uri',
        url: URI,
        status: 200,
        clientId: 'demo-spa',
        response: { body: `${object}\n` },
      })
      expect(inbound).toMatchObject({
        direction: 'inbound',
        endpoint: 'authorization',
        traceId: outbound!.traceId,
      })
      expect(inbound!.verdicts.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    },
  )

  test('is fetched anew each time', async () => {
    const { fetched, sign, serve, ask } = await open()
    const object = await sign()
    serve(() => jwt(object))
    await ask()
    expect(locationOf(await ask())).toMatch(/^interaction\?/)
    expect(fetched).toHaveLength(2)
  })

  test('may have another fragment, which is the hash of what is there', async () => {
    const { issuer, fetched, sign, serve, ask } = await open()
    const object = await sign()
    serve(() => jwt(object))
    const hash = createHash('sha256').update(object).digest('base64url')
    expect(locationOf(await ask(`${URI}#${hash}`))).toMatch(/^interaction\?/)
    expect(fetched).toEqual([URI])
    const refused = await ask(`${URI}#${hash.slice(1)}`, { redirect_uri: CALLBACK })
    expect(answerOf(refused).error).toBe('invalid_request_uri')
    expect(await failedBefore(issuer)).toMatchObject({
      check: 'request-uri.hash',
      expected: expect.stringContaining(`#${hash}`),
    })
  })

  test('may be on this machine, by plain http', async () => {
    const uri = 'http://127.0.0.1:3000/request.jwt'
    const { sign, serve, ask } = await open('strict', { requestUris: [uri] })
    const object = await sign()
    serve(() => jwt(object, 'application/jwt'))
    expect(locationOf(await ask(uri))).toMatch(/^interaction\?/)
  })

  test('counts for a client that has to sign, and not for one that has to push', async () => {
    const { issuer, sign, serve, ask } = await open('standard', { requireSignedRequestObject: true })
    const object = await sign()
    serve(() => jwt(object))
    expect(locationOf(await ask())).toMatch(/^interaction\?/)
    const changes = { requirePushedAuthorizationRequests: true }
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    expect(answerOf(await ask()).error).toBe('invalid_request')
    expect((await failedBefore(issuer))?.check).toBe('pushed.required')
  })

  test('warns under standard of a type that is no JWT', async () => {
    const { issuer, sign, serve, ask } = await open()
    const object = await sign()
    serve(() => jwt(object, 'text/plain; charset=utf-8'))
    expect(locationOf(await ask())).toMatch(/^interaction\?/)
    const verdicts = await verdictsBefore(issuer)
    expect(verdicts.filter(({ outcome }) => outcome === 'warned')).toMatchObject([
      { check: 'request-uri.media-type', observed: 'Content-Type text/plain' },
    ])
  })
})

/** What is behind its URL is none of a stranger's business. */
const NO_OBJECT = 'The request_uri leads to no request object that will do'

describe('what is refused', () => {
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(10_000)))
      },
    })
  test.each<[string, () => Response | Promise<Response>, string, string]>([
    ['nothing there', () => new Response('', { status: 404 }), 'fetched', `${URI} answers 404`],
    [
      'a redirect',
      () => Response.redirect('http://127.0.0.1/x'),
      'fetched',
      `${URI} redirects elsewhere; name the final URL`,
    ],
    [
      'an answer without end',
      () => new Response(endless()),
      'fetched',
      `${URI} answers with more than 64 KiB`,
    ],
    [
      'no answer',
      () => Promise.reject(new Error('connect ECONNREFUSED')),
      'fetched',
      `${URI} cannot be reached: connect ECONNREFUSED`,
    ],
  ])('%s', async (_what, answer, check, observed) => {
    const { issuer, serve, ask } = await open()
    serve(answer)
    const { error, error_description, state } = answerOf(
      await ask(URI, { redirect_uri: CALLBACK, state: 's' }),
    )
    expect([error, state]).toEqual(['invalid_request_uri', 's'])
    expect(error_description).toBe(NO_OBJECT)
    expect(await failedBefore(issuer)).toMatchObject({ check: `request-uri.${check}`, observed })
    expect(await issuer.lastExchange()).toMatchObject({ direction: 'outbound', error: 'unreachable' })
  })

  test.each<[string, () => Response]>([
    ['a page', () => jwt('secret of an intranet', 'text/html')],
    ['a text that calls itself a request object', () => jwt('secret of an intranet')],
    ['four parts', () => jwt('a.b.c.d')],
    ['nothing', () => jwt('')],
  ])('pitfall: the client is told the same of %s as of a port that is closed', async (_what, answer) => {
    const { issuer, serve, ask } = await open()
    serve(answer)
    const { error, error_description } = answerOf(await ask(URI, { redirect_uri: CALLBACK }))
    expect([error, error_description]).toEqual(['invalid_request_uri', NO_OBJECT])
    expect((await failedBefore(issuer))?.check).toBe('request-uri.jwt')
  })

  test('a JWT that is not signed by the client is invalid_request_object', async () => {
    const { sign, serve, ask } = await open()
    const forged = (await sign()).replace(/[^.]+$/, 'AAAA')
    serve(() => jwt(forged))
    expect(answerOf(await ask(URI, { redirect_uri: CALLBACK })).error).toBe('invalid_request_object')
  })

  test('another type under strict', async () => {
    const { sign, serve, ask } = await open('strict')
    const object = await sign()
    serve(() => jwt(object, 'text/plain'))
    expect(answerOf(await ask(URI, { redirect_uri: CALLBACK })).error).toBe('invalid_request_uri')
  })

  test.each([
    ['another file of the same host', 'https://app.test/other.jwt'],
    ['the same with a query', `${URI}?x`],
    ['this machine', 'http://127.0.0.1:22/'],
    ['a file', 'file:///etc/passwd'],
    ['no URI', 'request.jwt'],
    ['a name nobody was given', 'urn:x'],
  ])('pitfall: nothing is fetched that the client did not register: %s', async (_what, uri) => {
    const { issuer, fetched, ask } = await open()
    expect(answerOf(await ask(uri, { redirect_uri: CALLBACK })).error).toBe('invalid_request_uri')
    expect((await issuer.failedCheck()).check).toBe('request-uri.registered')
    expect(fetched).toEqual([])
  })

  test('one of another client', async () => {
    const { fetched, ask } = await open()
    expect((await ask(URI, { client_id: 'demo-web' })).status).toBe(400)
    expect(fetched).toEqual([])
  })

  test('request beside it, before anything is fetched', async () => {
    const { issuer, fetched, sign, ask } = await open()
    const request = await sign()
    expect(answerOf(await ask(URI, { request, redirect_uri: CALLBACK })).error).toBe('invalid_request')
    expect((await issuer.failedCheck()).check).toBe('request-object.alone')
    expect(fetched).toEqual([])
  })

  test('a chain that leads back to itself ends', async () => {
    const uri = `http://127.0.0.1:4400/authorize?client_id=demo-spa`
    const { issuer, fetched, serve, ask } = await open('standard', { requestUris: [uri] })
    serve(() => ask(uri).then(({ status, text }) => new Response(text, { status })))
    expect((await ask(uri)).status).toBe(400)
    expect(fetched).toHaveLength(5)
    expect(issuer.log).toEqual([])
  })

  test('more of a client than five at once, while other clients go on', async () => {
    const { issuer, sign, serve, ask } = await open()
    const object = await sign()
    const slow = Promise.withResolvers<void>()
    serve(({ url }) => (url === URI ? slow.promise.then(() => jwt(object)) : jwt(object)))
    const requestUris = [`${URI}2`]
    await issuer.call('clients.create', { id: 'other', grantTypes: ['authorization_code'], requestUris })
    const waiting = Array.from({ length: 5 }, () => ask())
    const { error, error_description } = answerOf(await ask(URI, { redirect_uri: CALLBACK }))
    expect([error, error_description]).toEqual([
      'temporarily_unavailable',
      'Too many request objects are being fetched',
    ])
    await ask(`${URI}2`, { client_id: 'other' })
    expect((await issuer.lastExchange()).status).toBe(200)
    slow.resolve()
    for (const answer of await Promise.all(waiting)) expect(locationOf(answer)).toMatch(/^interaction\?/)
    expect(locationOf(await ask())).toMatch(/^interaction\?/)
  })

  test('as a setting: plain http elsewhere, and what is no URI', async () => {
    const { issuer } = await open()
    const update = (uri: string) =>
      issuer.grantscope.dispatch('clients.update', { id: 'demo-spa', changes: { requestUris: [uri] } })
    for (const uri of ['http://app.test/r.jwt', 'file:///r.jwt', '/r.jwt', 'https://a:b@app.test/r.jwt'])
      expect(await update(uri)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input', issues: [{ path: 'changes.requestUris.0' }] },
      })
  })
})
