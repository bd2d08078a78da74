import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { toCurl } from '../../shared/flow/curl.ts'
import { aForm, aMessage, anExchange } from './an-exchange.ts'
import { receive } from './receive.ts'

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
  const received = await receive((origin) => {
    const headers: [string, string][] = [
      ['x-empty', ''],
      ['x-quote', "it's"],
    ]
    const exchange = anExchange({
      method,
      target,
      url: origin + target,
      request: aMessage({ headers, body }),
    })
    return promisify(execFile)('sh', ['-c', toCurl(exchange, withSecrets)])
  })
  expect(received).toMatchObject({ method, url: target, body })
  expect(received.headers).toMatchObject({ 'x-empty': '', 'x-quote': "it's" })
  expect(received.headers['content-type']).toBeUndefined()
})
