import { describe, expect, test } from 'vitest'
import { findToken } from '../../shared/protocol/find-token.ts'
import { readPaste } from '../../shared/protocol/token-source.ts'

// RFC 7515 A.1
const example =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9' +
  '.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ' +
  '.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

describe('the token is found in', () => {
  const rows: [string, string][] = [
    ['a Bearer prefix', `Bearer ${example}`],
    ['a whole Authorization header', `Authorization: Bearer ${example}`],
    ['a lower-case header', `authorization:bearer ${example}`],
    ['double quotes', `"${example}"`],
    ['single quotes and a comma', `'${example}',`],
    ['backticks', `\`${example}\``],
    ['blanks around it', `  \n${example}\t\n`],
    [
      'a JSON token response',
      JSON.stringify({ token_type: 'Bearer', access_token: example, scope: 'a.b.c' }),
    ],
    ['JSON with indentation', JSON.stringify({ id_token: example }, null, 2)],
    ['a URL query', `https://app.test/cb?state=x&access_token=${example}&token_type=Bearer`],
    ['a URL fragment', `https://app.test/cb#access_token=${example}&expires_in=900`],
    ['a curl command', `curl -H 'Authorization: Bearer ${example}' http://127.0.0.1:4400/me`],
    ['lines of 40 characters', example.match(/.{1,40}/g)!.join('\n')],
    ['lines with carriage returns and indentation', example.match(/.{1,64}/g)!.join('\r\n   ')],
    ['a log line', `2031-04-06 12:00 INFO token=${example} user=joe`],
  ]
  test.each(rows)('%s', (_where, text) => {
    expect(findToken(text)).toBe(example)
  })
})

test('without a header that shows, the first three or five parts are taken', () => {
  expect(findToken('see aa.bb.cc here')).toBe('aa.bb.cc')
  expect(findToken('see x aa.bb xx.yy.zz')).toBe('xx.yy.zz')
  expect(findToken('see (aa.bb.cc.dd.ee)')).toBe('aa.bb.cc.dd.ee')
  expect(findToken('see a.bb.cc.dd now')).toBe('bb.cc.dd')
})

test('quotes and signs inside the text stay', () => {
  expect(findToken('"\'`a",;b"\'`,;')).toBe('a",;b')
})

/** A million characters: once through takes milliseconds, and again from each of them hours. */
const LENGTH = 1_000_000
const NO_LINEAR_WORK_TAKES_MS = 5_000

describe('a text of a million characters is read once:', () => {
  const rows: [string, string, string?][] = [
    ['one word', 'a', ' x'],
    ['words with one dot', 'aaaaaaaa.aaaaaaaa '],
    ['parts of one character', 'a.', ' x'],
    ['parts of two characters', 'aa.', ' x'],
    ['dots', '.', ' x'],
    ['the begin of a header', 'eyJ', ' x'],
    ['the begin of a header, apart', 'eyJ '],
    ['the begin of JSON', '{"'],
    ['quotes and a letter', '"', 'x'],
    ['commas and a letter', ',', ' x'],
    ['quotes and letters', '"a'],
    ['blanks', ' ', 'x'],
    ['names of tokens', '"token"', ' x'],
    ['names of tokens and blanks', '"token"    ', 'x'],
    ['tildes', '~', ' x'],
    ['per cents', '%', ' x'],
    ['equal signs', '=', 'x'],
  ]
  test.each(rows)('%s', (_what, unit, end = '') => {
    const texts = ['', 'Bearer ', '"access_token"'].map(
      (start) => start + unit.repeat(LENGTH / unit.length) + end,
    )
    for (const read of [findToken, readPaste]) {
      for (const text of texts) {
        const began = performance.now()
        read(text)
        expect(performance.now() - began).toBeLessThan(NO_LINEAR_WORK_TAKES_MS)
      }
    }
  })

  test('the body of a HAR entry that says it is base64, and is not', () => {
    const text = `${'='.repeat(LENGTH)}x`
    const entry = { response: { content: { text, encoding: 'base64' } } }
    const began = performance.now()
    readPaste(JSON.stringify({ log: { entries: [entry] } }))
    expect(performance.now() - began).toBeLessThan(NO_LINEAR_WORK_TAKES_MS)
  })
})
