import { describe, expect, test } from 'vitest'
import type { Exchange } from '../../shared/contract/operations/traces.ts'
import { exportTraces } from '../../shared/flow/export.ts'
import { aForm, aJwt, aMessage, anExchange, aTrace, aVerdict, someJson } from './an-exchange.ts'

const har = (exchange: Exchange, includeSecrets = false) =>
  JSON.parse(exportTraces([aTrace([exchange])], { format: 'har', includeSecrets, version: '1.2.3' }).text).log

const markdown = (exchange: Exchange, name: string | null = null) =>
  exportTraces([aTrace([exchange], name)], { format: 'markdown', includeSecrets: false, version: '1.2.3' })
    .text

const login = anExchange({
  url: 'http://127.0.0.1:4400/token?x=a%20b',
  request: {
    ...aForm('username=alice&password=wonderland'),
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ['cookie', 'session_id=s3cret; theme=dark'],
    ],
  },
  response: {
    ...someJson({ access_token: aJwt({ sub: 'alice' }) }),
    headers: [
      ['content-type', 'application/json'],
      ['set-cookie', 'session_id=n3w; HttpOnly'],
      ['location', 'http://127.0.0.1:5000/cb?code=c0de'],
    ],
  },
})

// http://www.softwareishard.com/blog/har-12-spec/ names the members and which of them must be there.
describe('HAR 1.2', () => {
  test('has every member the format asks for', () => {
    const log = har(login, true)
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Grantscope', version: '1.2.3' } })
    expect(log.pages).toEqual([
      {
        startedDateTime: '2023-11-14T22:13:20.000Z',
        id: 't1',
        title: 'Trace of demo-spa · alice',
        pageTimings: {},
      },
    ])
    const [entry] = log.entries
    expect(entry).toMatchObject({
      pageref: 't1',
      startedDateTime: '2023-11-14T22:13:19.938Z',
      time: 61.2,
      cache: {},
      timings: { send: 0, wait: 61.2, receive: 0 },
    })
    expect(entry.request).toEqual({
      method: 'POST',
      url: 'http://127.0.0.1:4400/token?x=a%20b',
      httpVersion: 'HTTP/1.1',
      cookies: [
        { name: 'session_id', value: 's3cret' },
        { name: 'theme', value: 'dark' },
      ],
      headers: [
        { name: 'content-type', value: 'application/x-www-form-urlencoded' },
        { name: 'cookie', value: 'session_id=s3cret; theme=dark' },
      ],
      queryString: [{ name: 'x', value: 'a b' }],
      postData: { mimeType: 'application/x-www-form-urlencoded', text: 'username=alice&password=wonderland' },
      headersSize: -1,
      bodySize: 34,
    })
    expect(entry.response).toMatchObject({
      status: 200,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [{ name: 'session_id', value: 'n3w' }],
      content: { mimeType: 'application/json', text: login.response.body, size: login.response.bytes },
      redirectURL: 'http://127.0.0.1:5000/cb?code=c0de',
      headersSize: -1,
    })
  })

  test('leaves out what is secret, wherever it says it twice', () => {
    const text = JSON.stringify(har(login))
    for (const secret of ['wonderland', 's3cret', 'n3w', 'c0de', 'eyJ']) expect(text).not.toContain(secret)
  })

  test('has a binary answer as base64, and the checks that failed', () => {
    const verdicts = [aVerdict(), aVerdict({ check: 'x.y', outcome: 'failed' })]
    const [entry] = har(
      anExchange({ verdicts, response: aMessage({ body: 'AP8=', encoding: 'base64', bytes: 2 }) }),
      true,
    ).entries
    expect(entry.response.content).toEqual({ size: 2, mimeType: '', text: 'AP8=', encoding: 'base64' })
    expect(entry._checks.map(({ check }: { check: string }) => check)).toEqual(['x.y'])
  })
})

describe('Markdown', () => {
  test('draws the trace, and links the section a failed check comes from', () => {
    const text = markdown(
      anExchange({ status: 400, error: 'invalid_grant', verdicts: [aVerdict({ outcome: 'failed' })] }),
    )
    expect(text).toContain('  App->>Issuer: POST /token\n  Issuer--xApp: 400 invalid_grant')
    expect(text).toContain('[RFC 6749 4.3.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.3.2)')
    expect(text).not.toContain('wonderland')
  })

  test('nothing that was sent breaks out of its place', () => {
    const text = markdown(
      anExchange({ target: '/x;end', request: aMessage({ body: 'a\n```\n# not a heading\n````\n' }) }),
      'A name\n# over two lines',
    )
    expect(text).toMatch(/^# A name # over two lines\n/)
    expect(text).toContain('App->>Issuer: POST /x end')
    expect(text).toMatch(/`````http\nPOST [\s\S]+# not a heading\n````\n\n`````/)
  })
})
