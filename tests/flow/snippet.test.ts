import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Language, toSnippet } from '../../shared/flow/snippet.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aForm, aMessage, anExchange } from './an-exchange.ts'
import { receive } from './receive.ts'

const run = promisify(execFile)
const withSecrets = { includeSecrets: true }

// The two libraries' `request`, as far as a snippet uses it, over Python's own HTTP client: any other argument is a TypeError.
const LIBRARY = `
import http.client, urllib.parse
class Response:
    def __init__(self, response):
        self.status_code, self.text = response.status, response.read().decode()
def request(method, url, *, headers=None, BODY=None, REDIRECTS=True, verify=True):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    assert BODY is None or isinstance(BODY, bytes)
    connection.request(method, url[len(f"{parts.scheme}://{parts.netloc}"):], BODY, headers or {})
    return Response(connection.getresponse())
`
let libraries: string
beforeAll(async () => {
  const folder = await temporaryFolder()
  libraries = folder.path
  const library = (body: string, redirects: string) =>
    LIBRARY.replaceAll('BODY', body).replaceAll('REDIRECTS', redirects)
  await writeFile(join(libraries, 'requests.py'), library('data', 'allow_redirects'))
  await writeFile(join(libraries, 'httpx.py'), library('content', 'follow_redirects'))
  return folder.remove
})

const runners: Readonly<Record<Exclude<Language, 'curl'>, (code: string) => Promise<unknown>>> = {
  fetch: (code) => run(process.execPath, ['--input-type=module', '-e', code]),
  requests: (code) => run('python3', ['-c', code], { env: { ...process.env, PYTHONPATH: libraries } }),
  httpx: (code) => run('python3', ['-c', code], { env: { ...process.env, PYTHONPATH: libraries } }),
}

describe.each(['fetch', 'requests', 'httpx'] as const)('%s', (language) => {
  test.each([
    [
      'quotes, line breaks and backslashes',
      'POST',
      '/token',
      aMessage({ body: `it's=a "test"\n\\n $HOME \u2028` }),
    ],
    ['other characters', 'POST', '/token', aForm('name=Zoë 🎉 日本')],
    ['bytes', 'PUT', '/token', aMessage({ body: 'QUJDAA==', encoding: 'base64', bytes: 4 })],
    ['no body', 'GET', '/items?x=[1-3]&y=%7Ba,b%7D', aMessage()],
  ])('sends the very same request again: %s', async (_, method, target, message) => {
    const headers: [string, string][] = [
      ...message.headers,
      ['x-quote', `it's "so"`],
      ['content-length', '1'],
    ]
    const received = await receive((origin) => {
      const exchange = anExchange({ method, target, url: origin + target, request: { ...message, headers } })
      return runners[language](toSnippet(exchange, language, withSecrets))
    })
    const body = message.encoding === 'base64' ? 'ABC\0' : message.body
    expect(received).toMatchObject({ method, url: target, body })
    expect(received.headers['x-quote']).toBe(`it's "so"`)
    expect(received.headers['content-type']).toBe(message.headers[0]?.[1])
  })

  test('leaves secrets out unless asked, and says what was cut', () => {
    const request = { ...aForm('username=alice&password=wonderland'), bytes: 100_000 }
    const text = toSnippet(anExchange({ request }), language, { includeSecrets: false })
    expect(text).toContain('username=alice&password=REDACTED')
    expect(text).toMatch(/^(\/\/|#) The body had 100000 bytes; only the first 34 were kept\.\n/)
    expect(toSnippet(anExchange({ request }), language, withSecrets)).toContain('password=wonderland')
  })
})
