import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainTime, relativeTime } from '../../electron/cli/times.ts'
import { grantscope, grantscopeHere, type Home, moveInto, temporaryHome } from './run.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const seconds = now / 1000
const base64Url = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const jwt = (claims: unknown, header: unknown = { alg: 'RS256', kid: 'k1' }) =>
  `${base64Url(header)}.${base64Url(claims)}.c2lnbmF0dXJl`

let home: Home
beforeAll(async () => {
  home = await temporaryHome()
  moveInto(home)
})
afterAll(() => home.remove())

/** Runs `decode` with no server to be found. */
const run = (args: string[], stdin = '') => grantscopeHere(['decode', ...args], { stdin, now })

describe('what people see of a token', () => {
  test('verdict on top, then header, claims with their times, and signature', async () => {
    const { code, out } = await run([
      jwt({ sub: 'alice', iat: seconds - 60, exp: seconds + 7200, scope: 'read write', aud: ['a', 'b'] }),
    ])
    expect(code).toBe(0)
    expect(out).toBe(
      [
        '? Not checked',
        'The signature was not checked: no Grantscope is running, and no --jwks was given.',
        '',
        'Header',
        '  alg  "RS256"',
        '  kid  "k1"',
        '',
        'Claims',
        '  sub    "alice"',
        `  iat    ${seconds - 60}  (2026-01-02T03:03:05Z, 1 minute ago)`,
        `  exp    ${seconds + 7200}  (2026-01-02T05:04:05Z, in 2 hours)`,
        '  scope  "read write"',
        '  aud    ["a","b"]',
        '',
        'Signature',
        '  state  not checked',
        '',
      ].join('\n'),
    )
  })

  test.each([
    ['expired', { exp: seconds }, '✗ Expired'],
    ['not yet valid', { nbf: seconds + 1 }, '✗ Not valid yet'],
    ['still valid for a second', { exp: seconds + 1, nbf: seconds }, '? Not checked'],
  ])('%s', async (_what, claims, first) => {
    expect((await run([jwt(claims)])).out.split('\n')[0]).toBe(first)
  })

  test('an unsigned token is said to be', async () => {
    const { out } = await run([`${base64Url({ alg: 'none' })}.${base64Url({})}.`])
    expect(out).toMatch(/^✗ Unsigned\n/)
    expect(out).toContain('  state  none')
  })

  test('UTF-8 and the letters of base64url come out right', async () => {
    const token = jwt({ name: 'Zoë Ångström 東京 🚀', bytes: '???>>>~~~' })
    expect(token).toMatch(/[-_]/)
    const { out } = await run([token])
    expect(out).toContain('"Zoë Ångström 東京 🚀"')
    expect(out).toContain('"???>>>~~~"')
  })

  test('control and direction characters cannot reach the terminal', async () => {
    const { out } = await run([jwt({ 'a\u001b[2J': '\u009b1m\u202egnp.exe\u0007' })])
    expect(out).toContain('\\u001b[2J')
    expect(out).toContain('\\u009b1m\\u202egnp.exe\\u0007')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('of an encrypted token only the header is shown, and why', async () => {
    const { code, out } = await run([`${base64Url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a1b2.c3d4.e5f6.a7b8`])
    expect(code).toBe(0)
    expect(out).toContain('encrypted (JWE)')
  })

  test.each([
    ['a header', (token: string) => `Authorization: Bearer ${token}`],
    ['a token response', (token: string) => JSON.stringify({ access_token: token, token_type: 'Bearer' })],
    ['a URL', (token: string) => `http://127.0.0.1/cb#access_token=${token}&state=1`],
    ['quotes', (token: string) => `"${token}"`],
  ])('is found inside %s', async (_where, wrap) => {
    const { code, out } = await run([wrap(jwt({ sub: 'alice' }))])
    expect(code).toBe(0)
    expect(out).toContain('"alice"')
  })

  test('is read from standard input as "-"', async () => {
    expect((await run(['-'], `${jwt({ sub: 'piped' })}\n`)).out).toContain('"piped"')
  })

  test('--json gives the same for scripts', async () => {
    const { out } = await run([jwt({ sub: 'alice', exp: seconds - 1 }), '--json'])
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'expired',
      signature: 'not_checked',
      header: { alg: 'RS256' },
      claims: { sub: 'alice' },
      problems: [],
    })
  })
})

describe('a broken token ends with 1 and says what is broken', () => {
  const whole = jwt({ sub: 'alice' })
  const [header, payload, signature] = whole.split('.') as [string, string, string]
  test.each([
    ['cut off', `${header}.${payload}`, /2 parts instead of three/],
    ['plain base64', `${header}.${payload}.ab+/`, /signature has "\+" at position 3, which is plain base64/],
    ['a header that is no JSON', `${base64Url('hello')}.${payload}.${signature}`, /header is not JSON/],
    ['a payload that is no JSON', `${header}.${base64Url('{"sub":')}.${signature}`, /payload is not JSON/],
    [
      'a payload that is no object',
      `${header}.${base64Url([1])}.${signature}`,
      /payload is JSON, but not an object/,
    ],
    [
      'bytes that are no UTF-8',
      `${header}.${Buffer.from([0x7b, 0xff]).toString('base64url')}.x1`,
      /not UTF-8/,
    ],
    ['an empty payload', `${header}..${signature}`, /payload is empty/],
    ['no JWT at all', 'hello', /not a JWT/],
  ])('%s', async (_what, token, message) => {
    const { code, out } = await run([token])
    expect(code).toBe(1)
    expect(out).toMatch(message)
  })

  test('as a process, too, with what could be read', async () => {
    const { code, out } = await grantscope(home, ['decode', `${header}.${payload}`])
    expect(code).toBe(1)
    expect(out).toMatch(/^✗ Broken\n/)
    expect(out).toContain('"alice"')
  })
})

describe('times', () => {
  test.each([
    [1_000, '1 second'],
    [59_999, '59 seconds'],
    [60_000, '1 minute'],
    [3_599_999, '59 minutes'],
    [86_400_000, '1 day'],
    [40 * 86_400_000, '1 month'],
    [800 * 86_400_000, '2 years'],
  ])('%i ms are %s', (distance, words) => {
    expect(relativeTime(now + distance, now)).toBe(`in ${words}`)
    expect(relativeTime(now - distance, now)).toBe(`${words} ago`)
  })

  test('less than a second is now', () => {
    expect([relativeTime(now + 999, now), relativeTime(now - 999, now)]).toEqual(['now', 'now'])
  })

  test('milliseconds where seconds belong are pointed out', () => {
    expect(explainTime('exp', now, now)).toContain(
      'not seconds as RFC 7519 2 wants; 2026-01-02T03:04:05.000Z',
    )
  })

  test.each([
    ['sub', 1],
    ['exp', 'soon'],
    ['level', 5],
  ])('%s: %j is no time', (claim, value) => {
    expect(explainTime(claim, value, now)).toBeNull()
  })

  test.each([Number.MAX_VALUE, -Number.MAX_VALUE])('exp %d does not crash', (value) => {
    expect(explainTime('exp', value, now)).toContain('no date')
  })
})
