import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Exchange } from '../../shared/contract/operations/traces.ts'
import { toCurl } from '../../shared/flow/curl.ts'
import { aForm, aMessage, anExchange } from './an-exchange.ts'

const withSecrets = { includeSecrets: true }

test('a password grant reads as one command, redacted unless asked', () => {
  const exchange = anExchange({
    request: {
      ...aForm('username=alice&password=wonderland'),
      headers: [
        ['content-length', '34'],
        ['content-type', 'application/x-www-form-urlencoded'],
        ['host', '127.0.0.1:4400'],
      ],
    },
  })
  expect(toCurl(exchange, { includeSecrets: false })).toBe(
    [
      'curl http://127.0.0.1:4400/token',
      "--header 'content-type: application/x-www-form-urlencoded'",
      "--data-raw 'username=alice&password=REDACTED'",
    ].join(' \\\n  '),
  )
  expect(toCurl(exchange, withSecrets)).toContain('password=wonderland')
})

test('a body that was cut says so', () => {
  const request = { ...aForm('a=b'), bytes: 100_000 }
  expect(toCurl(anExchange({ request }), withSecrets)).toMatch(
    /^# The body had 100000 bytes; only the first 3 were kept\.\ncurl /,
  )
})

test('a binary body leaves with the secrets only', () => {
  const request = aMessage({ body: 'AP8=', encoding: 'base64', bytes: 2 })
  expect(toCurl(anExchange({ request }), withSecrets)).toContain(
    'printf %s AP8= | base64 -d | curl http://127.0.0.1:4400/token',
  )
  expect(toCurl(anExchange({ request }), { includeSecrets: false })).not.toContain('AP8=')
})

test('the local certificate is not asked for trust, other hosts are', () => {
  const at = (url: string) => toCurl(anExchange({ url }), withSecrets)
  expect(at('https://127.0.0.1:4400/token')).toContain('--insecure')
  expect(at('https://127.0.0.1.example.test/token')).not.toContain('--insecure')
})

test.each([
  ['quotes and a line break', 'POST', '/token', `it's=a "test"\n$HOME \`id\` \\ @file`],
  ['other characters', 'POST', '/token', 'name=Zoë 🎉 日本'],
  ['a NUL', 'POST', '/token', 'a=\0b'],
  ['brackets and braces in the URL', 'GET', '/items?x=[1-3]&y={a,b}', ''],
  ['another method', 'DELETE', '/items', 'x=1'],
])('a shell sends the very same request again: %s', async (_, method, target, body) => {
  const received = await replay((origin) =>
    anExchange({
      method,
      target,
      url: origin + target,
      request: aMessage({
        headers: [
          ['x-empty', ''],
          ['x-quote', "it's"],
        ],
        body,
      }),
    }),
  )
  expect(received).toMatchObject({ method, url: target, body })
  expect(received.headers).toMatchObject({ 'x-empty': '', 'x-quote': "it's" })
  expect(received.headers['content-type']).toBeUndefined()
})

interface Received {
  method: string | undefined
  url: string | undefined
  headers: Record<string, unknown>
  body: string
}

/** Has a shell run the command against a server here, and tells what that server got. */
async function replay(exchangeAt: (origin: string) => Exchange): Promise<Received> {
  let received: Received | undefined
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    received = { method, url, headers, body: Buffer.concat(chunks).toString() }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  try {
    const command = toCurl(exchangeAt(`http://127.0.0.1:${address.port}`), withSecrets)
    await promisify(execFile)('sh', ['-c', command])
  } finally {
    server.close()
  }
  if (!received) throw new Error('nothing was received')
  return received
}
