import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ContractError } from '../../shared/contract/envelope.ts'
import { parseInput } from '../../shared/contract/issues.ts'
import { type HarFile, harFile } from '../../shared/contract/operations/har.ts'
import type { Exchange } from '../../shared/contract/operations/traces.ts'
import { exportTraces } from '../../shared/flow/export.ts'
import { findingsOf } from '../../shared/flow/findings/index.ts'
import { previewOf } from '../../shared/flow/har-import/read-har.ts'
import { slimHar } from '../../shared/flow/har-import/slim.ts'
import { toSequence } from '../../shared/flow/sequence.ts'
import { findTokens } from '../../shared/flow/tokens.ts'
import { archive, entry, pairs, read } from './a-har.ts'
import { aForm, aJwt, aMessage, anExchange, aTrace, aVerdict, someJson } from './an-exchange.ts'

/**
 * A login of a page at 127.0.0.1:4492 at an issuer at login.localhost:4490, and a call of an API at api.localhost:4493, as Chromium
 * and Playwright wrote it. The page shows the API its ID token.
 */
const chromium: unknown = JSON.parse(
  readFileSync(new URL('./fixtures/login.chromium.har', import.meta.url), 'utf8'),
)

const arrows = (exchanges: readonly Exchange[]) =>
  toSequence(exchanges).steps.map(
    ({ from, to, request, exchange }) => `${from} > ${to} ${request} ${exchange.endpoint ?? '-'}`,
  )

describe('a login as a browser wrote it', () => {
  const { traces, leftOut, creator } = read(chromium)

  test('is one trace, and says who sent what to whom', () => {
    expect(traces).toHaveLength(1)
    expect(arrows(traces[0]!.exchanges)).toEqual([
      'browser > app GET / -',
      'browser > issuer GET /.well-known/openid-configuration discovery',
      'browser > issuer GET /authorize authorization',
      'browser > issuer GET /interaction -',
      'browser > issuer POST /interaction -',
      'browser > issuer GET /interaction -',
      'browser > issuer POST /interaction -',
      'browser > app GET /callback -',
      'browser > issuer POST /token token',
      'browser > issuer GET /userinfo userinfo',
      'browser > api GET /orders -',
    ])
  })

  test('leaves pictures, styles and scripts out, and says so', () => {
    expect(leftOut).toEqual({ assets: 6, other: 0 })
    expect(creator).toMatch(/^Playwright /)
    expect(previewOf(read(chromium))).toMatchObject({
      exchanges: 11,
      traces: [
        { clientId: 'demo-spa', hosts: ['127.0.0.1:4492', 'login.localhost:4490', 'api.localhost:4493'] },
      ],
    })
  })

  test('the rules over messages find what is wrong in it', () => {
    const findings = findingsOf({ exchanges: traces[0]!.exchanges, earlier: [], clients: [] })
    expect(findings.map(({ rule }) => rule)).toEqual(['id-token-as-access-token'])
  })

  test('its tokens are found', () => {
    const token = traces[0]!.exchanges.find(({ endpoint }) => endpoint === 'token')!
    expect(findTokens(token).map(({ name }) => name)).toEqual(['access_token', 'refresh_token', 'id_token'])
  })

  test('nothing is lost by making it small', () => {
    const small = slimHar(chromium)
    expect(read(small)).toEqual(read(chromium))
    expect(JSON.stringify(small).length).toBeLessThan(JSON.stringify(chromium).length * 0.8)
  })
})

describe('what Grantscope exports comes back', () => {
  const exported = (exchanges: Exchange[], includeSecrets = true) =>
    JSON.parse(
      exportTraces([aTrace(exchanges, 'Monday')], { format: 'har', includeSecrets, version: '1' }).text,
    )
  const comparable = ({ id: _id, traceId: _trace, between: _between, ...rest }: Exchange) => rest
  const sent: Exchange[] = [
    anExchange({ durationMs: 4.2, jtis: ['j1'], response: someJson({ access_token: aJwt({ sub: 'zoë' }) }) }),
    anExchange({
      durationMs: 0.9,
      status: 400,
      error: 'invalid_grant',
      userId: null,
      failedChecks: 1,
      verdicts: [aVerdict(), aVerdict({ outcome: 'failed', observed: 'another' })],
    }),
    anExchange({
      request: aMessage({ body: '/wAB', encoding: 'base64', bytes: 3 }),
      response: aMessage({
        body: '/v8=',
        encoding: 'base64',
        bytes: 2,
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      }),
    }),
    anExchange({ request: { ...aForm('a=1'), bytes: 100_000 }, direction: 'outbound', status: 0 }),
    anExchange({
      method: 'GET',
      url: 'http://127.0.0.1:4400/docs/icon.png',
      target: '/docs/icon.png',
      request: aMessage(),
      response: aMessage({ body: 'x', headers: [['content-type', 'image/png']] }),
    }),
  ]

  test('the same exchanges under the same name', () => {
    const { traces } = read(exported(sent))
    expect(traces.map(({ name }) => name)).toEqual(['Monday'])
    expect(traces[0]!.exchanges.map(comparable)).toEqual(sent.map(comparable))
    expect(toSequence(traces[0]!.exchanges).lanes).toEqual(toSequence(sent).lanes)
  })

  test('and once more, when the import is exported', () => {
    const once = read(exported(sent)).traces[0]!.exchanges
    expect(read(exported(once)).traces[0]!.exchanges).toEqual(once)
  })

  test('without secrets they stay out, and traces stay what they were', () => {
    const { traces } = read(exported(sent, false))
    expect(traces).toHaveLength(1)
    expect(JSON.stringify(traces)).not.toContain('wonderland')
    expect(traces[0]!.exchanges[2]!.request).toMatchObject({ body: '', bytes: 3 })
  })
})

describe('an entry', () => {
  const [whole] = [entry({ url: 'https://id.example.test/x?y=1#access_token=abc' })]
  const one = (changes: (copy: HarFile['log']['entries'][number]) => void) => {
    const copy = structuredClone(whole) as unknown as HarFile['log']['entries'][number]
    changes(copy)
    return read(archive(copy)).traces[0]!.exchanges[0]!
  }

  test('without an answer has status 0', () => {
    expect(one(({ response }) => Object.assign(response, { status: -1 })).status).toBe(0)
  })

  test('has the body of a form that is only told as fields, and the type that stands beside it', () => {
    const { request } = one(({ request: sent }) => {
      sent.method = 'POST'
      sent.postData = { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }] }
    })
    expect(request).toMatchObject({
      body: 'a=b+c',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
    })
  })

  test('in base64 is text where it is text, and cut where the log cuts', () => {
    const text = `${'x'.repeat(65_535)}é and more`
    const { response } = one(({ response: answer }) => {
      answer.content = {
        mimeType: 'text/plain',
        encoding: 'base64',
        text: Buffer.from(text).toString('base64'),
      }
    })
    expect(response).toMatchObject({
      encoding: 'utf8',
      body: 'x'.repeat(65_535),
      bytes: Buffer.byteLength(text),
    })
  })

  test('of HTTP/2 has no pseudo headers, and one header for each cookie', () => {
    const { request, response } = one((changed) => {
      changed.request.headers = pairs({ ':authority': 'id.example.test', cookie: 'a=1' })
      changed.response.headers = [{ name: 'Set-Cookie', value: 'a=1; Path=/\nb=2' }]
    })
    expect(request.headers).toEqual([['cookie', 'a=1']])
    expect(response.headers).toEqual([
      ['Set-Cookie', 'a=1; Path=/'],
      ['Set-Cookie', 'b=2'],
    ])
  })

  test('that went to the app with an error names it', () => {
    const refused = read(
      archive(
        entry({
          url: 'https://id.example.test/a',
          status: 302,
          location: 'https://a.test/cb?error=access_denied',
        }),
      ),
    )
    expect(refused.traces[0]!.exchanges[0]!.error).toBe('access_denied')
  })
})

describe('what is no HAR is refused by its place in the file', () => {
  const issuesOf = (har: unknown) => {
    try {
      parseInput(harFile, har)
    } catch (error) {
      if (error instanceof ContractError)
        return error.issues?.map(({ path, message }) => `${path} ${message}`)
    }
    return []
  }
  const good = entry({ url: 'https://id.example.test/' })
  const but = (path: string[], value: unknown) => {
    const copy = structuredClone(good) as Record<string, unknown>
    let at = copy
    for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>
    at[path.at(-1)!] = value
    return archive(good, copy)
  }

  test.each([
    [{}, 'log is required'],
    [{ log: { entries: 1 } }, 'log.entries must be a list'],
    [archive(good, 'x' as never), 'log.entries.1 must be an object'],
    [
      but(['request', 'url'], '/authorize'),
      'log.entries.1.request.url must be an absolute URL, not longer than 100000 characters over HTTP',
    ],
    [
      but(['request', 'method'], 'GET it'),
      'log.entries.1.request.method must be an HTTP method (RFC 9110 9.1)',
    ],
    [
      but(['startedDateTime'], 'yesterday'),
      'log.entries.1.startedDateTime must be a date and time (ISO 8601)',
    ],
    [but(['response', 'status'], '200'), 'log.entries.1.response.status must be a number'],
    [but(['response', 'headers'], [{ name: 'a' }]), 'log.entries.1.response.headers.0.value is required'],
    [
      but(['response', 'content'], { text: '%%', encoding: 'base64' }),
      'log.entries.1.response.content.text must be base64, as its encoding says',
    ],
  ])('%#', (har, issue) => {
    expect(issuesOf(har)).toEqual([issue])
    expect(issuesOf(slimHar(har))).toEqual([issue])
  })

  test('members that HAR does not know are ignored', () => {
    expect(issuesOf(but(['_initiator'], { type: 'script' }))).toEqual([])
  })
})
