import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeJwt } from '../../shared/protocol/jwt.ts'

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const jwt = (header: unknown, payload: unknown, signature = 'c2ln') =>
  `${encode(header)}.${encode(payload)}.${signature}`

const A1 = {
  header: 'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9',
  payload: 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
  signature: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
}
const example = `${A1.header}.${A1.payload}.${A1.signature}`
const claims = { iss: 'joe', exp: 1_300_819_380, 'http://example.com/is_root': true }

describe('decodeJwt', () => {
  test('the example of RFC 7515 A.1 and RFC 7519 3.1', () => {
    expect(decodeJwt(example)).toEqual({
      token: example,
      form: 'jws',
      header: { typ: 'JWT', alg: 'HS256' },
      claims,
      signature: A1.signature,
      problems: [],
    })
  })

  test('the unsecured example of RFC 7519 6.1, whose signature is empty', () => {
    expect(decodeJwt(`eyJhbGciOiJub25lIn0.${A1.payload}.`)).toMatchObject({
      form: 'jws',
      header: { alg: 'none' },
      claims,
      signature: '',
      problems: [],
    })
  })

  test('pitfall: base64url with - and _, and UTF-8 claims, are read right', () => {
    const payload = { name: 'Żółć 🦊 ÿþ?>', note: '日本語', sub: '>>>???' }
    const token = jwt({ alg: 'HS256' }, payload)
    expect(token.split('.')[1]).toMatch(/[-_]/)
    expect(decodeJwt(token)).toMatchObject({ form: 'jws', claims: payload, problems: [] })
  })

  test('claims of any JSON come out as they went in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (payload) => {
        const json = JSON.parse(JSON.stringify(payload))
        const decoded = decodeJwt(jwt({ alg: 'none' }, json))
        expect(JSON.stringify(decoded.claims)).toBe(JSON.stringify(json))
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    `Bearer ${example}`,
    `"${example}"`,
    ` ${example}`,
    `${example}\n`,
    `{"id_token":"${example}"}`,
  ])('the text is the token alone: %j is not searched for one', (text) => {
    expect(decodeJwt(text).form).not.toBe('jws')
  })

  test('never throws, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.base64String({ maxLength: 40 }), { maxLength: 6 }).map((parts) => parts.join('.')),
      fc.string({ maxLength: 20 }).map((extra) => example.replace('J', extra)),
    )
    fc.assert(
      fc.property(text, (value) => void decodeJwt(value)),
      { numRuns: 500 },
    )
  })
})

describe('decodeJwt says what is broken', () => {
  const rows: [string, string, { form: string; part: string; message: RegExp }][] = [
    [
      'plain base64 with padding',
      example.replace('.', '==.'),
      { form: 'malformed', part: 'header', message: /has "=" at position \d+, which is plain base64/ },
    ],
    [
      'plain base64 with a slash in the payload',
      `${A1.header}.${Buffer.from('{"a":"???>>>"}').toString('base64').replace(/=+$/, '')}.x2ln`,
      { form: 'malformed', part: 'payload', message: /which is plain base64; a JWT is base64url/ },
    ],
    [
      'a token cut in the payload',
      `${A1.header}.${A1.payload.slice(0, 30)}`,
      { form: 'malformed', part: 'token', message: /has 2 parts instead of three/ },
    ],
    [
      'a header alone',
      A1.header,
      { form: 'malformed', part: 'token', message: /has one part instead of three/ },
    ],
    [
      'four parts',
      `${example}.x`,
      { form: 'malformed', part: 'token', message: /has 4 parts instead of three/ },
    ],
    [
      'a payload that is no JSON',
      jwt({ alg: 'HS256' }, 'hello'),
      { form: 'malformed', part: 'payload', message: /is not JSON inside: / },
    ],
    [
      'a payload that is an array',
      jwt({ alg: 'HS256' }, [1]),
      { form: 'malformed', part: 'payload', message: /is JSON, but not an object/ },
    ],
    [
      'a payload that is null',
      jwt({ alg: 'HS256' }, 'null'),
      { form: 'malformed', part: 'payload', message: /is JSON, but not an object/ },
    ],
    [
      'an empty payload',
      `${A1.header}..${A1.signature}`,
      { form: 'malformed', part: 'payload', message: /is empty/ },
    ],
    [
      'a payload that is not UTF-8',
      `${A1.header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x2ln`,
      { form: 'malformed', part: 'payload', message: /not UTF-8/ },
    ],
    [
      'a signature of an impossible length',
      `${A1.header}.${A1.payload}.dBjft`,
      { form: 'malformed', part: 'signature', message: /has 5 characters, a length base64url can't have/ },
    ],
  ]
  test.each(rows)('%s', (_what, text, { form, part, message }) => {
    const decoded = decodeJwt(text)
    expect(decoded.form).toBe(form)
    expect(decoded.problems[0]).toMatchObject({ part, message: expect.stringMatching(message) })
  })

  test('and still shows what can be read of a cut token', () => {
    expect(decodeJwt(`${A1.header}.${A1.payload}`)).toMatchObject({
      form: 'malformed',
      header: { alg: 'HS256' },
      claims,
    })
  })

  test('of a JWE (RFC 7516) only the header can be read, which is no problem', () => {
    const header = { alg: 'RSA-OAEP', enc: 'A256GCM' }
    expect(decodeJwt(`${encode(header)}.a2V5.aXY.Y2lwaGVy.dGFn`)).toMatchObject({
      form: 'jwe',
      header,
      claims: null,
      problems: [],
    })
  })

  test.each(['', 'opaque', 'gho_16C7e42F292c6912E7710c838347Ae178B4a', 'a.b', 'not a token at all'])(
    'an opaque token (%j) is opaque, not broken',
    (text) => {
      expect(decodeJwt(text)).toMatchObject({ form: 'opaque', claims: null, problems: [] })
    },
  )
})
