import { describe, expect, test } from 'vitest'
import {
  codeEndsAt,
  currentCode,
  isTotpSecret,
  matchStep,
  newTotpSecret,
  provisioningUri,
} from '../../electron/server/second-factor/totp.ts'

/** The shared secret of RFC 6238 appendix B, "12345678901234567890", in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** RFC 6238 appendix B, the SHA-1 rows; its 8 digits cut to the last 6. */
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
]

describe('TOTP (RFC 6238)', () => {
  test.each(vectors)('at %i seconds the code is %s', (seconds, code) => {
    expect(currentCode(SECRET, seconds * 1000)).toBe(code)
    expect(matchStep(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
  })

  test('a code is accepted in its own step, the one before and the one after', () => {
    const step = 41152263
    const code = currentCode(SECRET, step * 30_000)
    const matchedAt = (milliseconds: number) => matchStep(SECRET, code, step * 30_000 + milliseconds)
    expect(matchedAt(-30_001)).toBeNull()
    expect(matchedAt(-30_000)).toBe(step)
    expect(matchedAt(-1)).toBe(step)
    expect(matchedAt(0)).toBe(step)
    expect(matchedAt(29_999)).toBe(step)
    expect(matchedAt(59_999)).toBe(step)
    expect(matchedAt(60_000)).toBeNull()
  })

  test('in the first step of all time there is no step before', () => {
    const code = currentCode(SECRET, 0)
    expect(matchStep(SECRET, code, 0)).toBe(0)
    expect(matchStep(SECRET, code, 30_000)).toBe(0)
  })

  test.each(['', '28708', '2870820', '28708a', ' 287082', '٢٨٧٠٨٢'])('%j is no code', (text) => {
    expect(matchStep(SECRET, text, 59_000)).toBeNull()
  })

  test('a code ends with its step', () => {
    expect(codeEndsAt(59_000)).toBe(60_000)
    expect(codeEndsAt(60_000)).toBe(90_000)
  })

  test('a new secret is 20 random bytes in base32', () => {
    const asked: number[] = []
    const random = {
      bytes(length: number) {
        asked.push(length)
        return new TextEncoder().encode('12345678901234567890')
      },
    }
    expect(newTotpSecret(random)).toBe(SECRET)
    expect(asked).toEqual([20])
  })

  test('secrets of 10 bytes, as many services hand out, work', () => {
    expect(isTotpSecret('JBSWY3DPEHPK3PXP')).toBe(true)
    const code = currentCode('JBSWY3DPEHPK3PXP', 59_000)
    expect(matchStep('JBSWY3DPEHPK3PXP', code, 59_000)).toBe(1)
    expect(isTotpSecret('A'.repeat(128))).toBe(true)
    expect(currentCode('A'.repeat(128), 59_000)).toMatch(/^\d{6}$/)
  })

  test('a secret that is cut short is told from a whole one', () => {
    expect(isTotpSecret('JBSWY3DPEHPK3PXPA')).toBe(false)
    expect(isTotpSecret('JBSWY3DP')).toBe(false)
    expect(isTotpSecret('JBSWY3DPEHPK3PX1')).toBe(false)
  })

  test('the provisioning URI names issuer and user, by email when there is one', () => {
    const uri = (email: string | null) => new URL(provisioningUri({ username: 'ann lee', email }, SECRET))
    expect(decodeURIComponent(uri('ann@example.test').pathname)).toBe('/Grantscope:ann@example.test')
    expect(decodeURIComponent(uri(null).pathname)).toBe('/Grantscope:ann lee')
    expect(uri(null).protocol).toBe('otpauth:')
    expect(uri(null).host).toBe('totp')
    expect(uri(null).searchParams.get('secret')).toBe(SECRET)
    expect(uri(null).searchParams.get('issuer')).toBe('Grantscope')
  })
})
