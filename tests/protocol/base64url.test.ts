import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64UrlProblem, decodeBase64Url, encodeBase64Url } from '../../shared/protocol/base64url.ts'

describe('base64url (RFC 7515 2, appendix C)', () => {
  test('the example of RFC 7515 appendix C', () => {
    const bytes = new Uint8Array([3, 236, 255, 224, 193])
    expect(encodeBase64Url(bytes)).toBe('A-z_4ME')
    expect(decodeBase64Url('A-z_4ME')).toEqual(bytes)
  })

  test('is what Node makes of any bytes, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64Url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(base64UrlProblem(text)).toBeNull()
        expect(decodeBase64Url(text)).toEqual(bytes)
      }),
    )
  })

  const bad: [string, string][] = [
    [
      'A+z/4ME',
      'has "+" at position 2, which is plain base64; a JWT is base64url without padding (RFC 7515 2)',
    ],
    ['AA==', 'has "=" at position 3, which is plain base64; a JWT is base64url without padding (RFC 7515 2)'],
    ['A\u00e9', 'has "\u00e9" at position 2, which is not base64url (RFC 7515 2)'],
    ['A B', 'has " " at position 2, which is not base64url (RFC 7515 2)'],
    ['AAAAA', "has 5 characters, a length base64url can't have; it was cut"],
  ]
  test.each(bad)('says what is wrong with %j', (text, problem) => {
    expect(base64UrlProblem(text)).toBe(problem)
    expect(() => decodeBase64Url(text)).toThrow(TypeError)
  })
})
