import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestClock, openTestCore, type TestCore } from '../support/core.ts'
import { examplesOf, type Jwk } from './vectors.ts'

interface Example {
  sdJwt: string
  processed: Record<string, unknown>
}
const rfc9901 = examplesOf<Record<'5.1' | '5.2' | 'A.1', Example> & { key: Jwk }>('rfc9901')

let core: TestCore
beforeAll(async () => {
  // Between iat and exp of the examples.
  core = await openTestCore({ clock: createTestClock(1_750_000_000_000) })
})
afterAll(() => core.close())

const inspect = (token: string) =>
  core.client.call('lab.inspect', { token, key: { kind: 'key', text: JSON.stringify(rfc9901.key) } })

describe('an SD-JWT (RFC 9901)', () => {
  test('5.1: as issued, every disclosure has its place', async () => {
    const seen = await inspect(rfc9901['5.1'].sdJwt)
    expect(seen).toMatchObject({ verdict: 'valid', form: 'sd-jwt' })
    expect(seen.sdJwt).toMatchObject({ undisclosed: 0, hashAlg: 'sha-256', keyBinding: null })
    expect(seen.sdJwt!.disclosures.map(({ digest, name, path }) => [name, path, digest.slice(0, 6)])).toEqual(
      [
        ['given_name', 'given_name', 'jsu9yV'],
        ['family_name', 'family_name', 'TGf4oL'],
        ['email', 'email', 'JzYjH4'],
        ['phone_number', 'phone_number', 'PorFbp'],
        ['phone_number_verified', 'phone_number_verified', 'XQ_3kP'],
        ['address', 'address', 'XzFrzw'],
        ['birthdate', 'birthdate', 'gbOsI4'],
        ['updated_at', 'updated_at', 'CrQe7S'],
        [null, 'nationalities[0]', 'pFndjk'],
        [null, 'nationalities[1]', '7Cf6Jk'],
      ],
    )
  })

  test.each(['5.2', 'A.1'] as const)('%s: the processed payload is that of the RFC', async (name) => {
    const { sdJwt, processed } = rfc9901[name]
    const seen = await inspect(sdJwt)
    expect(seen.verdict).toBe('valid')
    expect(seen.sdJwt!.claims).toEqual(processed)
    expect(seen.sdJwt!.undisclosed).toBeGreaterThan(0)
  })

  test('5.2: the key binding is verified with the key of cnf, and is for these disclosures', async () => {
    const { keyBinding } = (await inspect(rfc9901['5.2'].sdJwt)).sdJwt!
    expect(keyBinding).toMatchObject({ holds: true, claims: { nonce: '1234567890' } })
  })

  test('a disclosure taken away under a key binding is seen', async () => {
    const parts = rfc9901['5.2'].sdJwt.split('~')
    const seen = await inspect(parts.filter((_part, index) => index !== 1).join('~'))
    expect(seen).toMatchObject({ verdict: 'malformed', signature: 'valid' })
    expect(seen.reason).toContain('sd_hash should be')
  })

  test('a disclosure somebody made up has no place', async () => {
    const forged = Buffer.from(JSON.stringify(['salt', 'admin', true])).toString('base64url')
    const seen = await inspect(`${rfc9901['5.1'].sdJwt}${forged}~`)
    expect(seen).toMatchObject({ verdict: 'malformed' })
    expect(seen.reason).toContain('"admin" has a digest that stands nowhere')
    expect(seen.sdJwt!.claims).not.toHaveProperty('admin')
  })

  test('a changed signed part is an invalid signature', async () => {
    const { sdJwt } = rfc9901['5.1']
    const [jwt = '', ...rest] = sdJwt.split('~')
    const [header, payload, signature] = jwt.split('.')
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'other' })).toString('base64url')
    expect((await inspect([`${header}.${changed}.${signature}`, ...rest].join('~'))).verdict).toBe(
      'invalid_signature',
    )
  })
})
