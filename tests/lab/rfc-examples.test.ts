import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestClock, openTestCore, type TestCore } from '../support/core.ts'
import { asText, examplesOf, type JweExample, type Jwk, type JwsExample } from './vectors.ts'

const rfc7515 = examplesOf<Record<string, JwsExample>>('rfc7515')
const rfc7516 = examplesOf<Record<string, JweExample>>('rfc7516')
const rfc7519 = examplesOf<Record<string, JweExample>>('rfc7519')
const rfc8037 = examplesOf<{ 'A.1': Jwk; 'A.4': { jws: string; payload: string } }>('rfc8037')

/** A second before the exp of the examples (RFC 7515 A.1.1). */
const BEFORE = 1_300_819_379_000
const claims = { iss: 'joe', exp: 1_300_819_380, 'http://example.com/is_root': true }

let core: TestCore
const clock = createTestClock(BEFORE)
beforeAll(async () => {
  core = await openTestCore({ clock })
})
afterAll(() => core.close())

const inspect = (token: unknown, key?: unknown) =>
  core.client.call('lab.inspect', {
    token: asText(token),
    ...(key ? { key: { kind: 'key', text: JSON.stringify(key) } as const } : {}),
  })
const decrypt = (jwe: unknown, key: unknown) =>
  core.client.call('lab.decrypt', { token: asText(jwe), key: { kind: 'key', text: JSON.stringify(key) } })

describe('RFC 7515', () => {
  test.each(['A.1', 'A.2', 'A.3'])('%s decodes and verifies with its key', async (name) => {
    const { jws, key } = rfc7515[name]!
    expect(await inspect(jws, key)).toMatchObject({
      verdict: 'valid',
      form: 'jws',
      claims,
      serialization: 'compact',
    })
  })

  test('A.1 with the secret as base64url, and not as text', async () => {
    const { jws, key } = rfc7515['A.1']!
    const withSecret = (encoding: 'text' | 'base64url') =>
      core.client.call('lab.inspect', {
        token: asText(jws),
        key: { kind: 'secret', secret: key!.k!, encoding },
      })
    expect((await withSecret('base64url')).verdict).toBe('valid')
    expect(await withSecret('text')).toMatchObject({ verdict: 'invalid_signature' })
  })

  test('A.4, whose payload is text: a JWS, no JWT', async () => {
    const { jws, key } = rfc7515['A.4']!
    const seen = await inspect(jws, key)
    expect(seen).toMatchObject({ verdict: 'valid', content: 'Payload', claims: null })
    expect(seen.reason).toContain('not a JWT')
    expect((await inspect(jws, rfc7515['A.3']!.key)).verdict).toBe('malformed')
  })

  test('A.5 is unsigned', async () => {
    expect(await inspect(rfc7515['A.5']!.jws)).toMatchObject({ verdict: 'unsigned', claims })
  })

  test('A.6, the general serialisation: each signature has its own key', async () => {
    const key = { ...rfc7515['A.2']!.key, kid: '2010-12-29' }
    const other = { ...rfc7515['A.3']!.key, kid: 'e9bc097a-ce51-4036-9562-d2ade882db0d' }
    const seen = await inspect(rfc7515['A.6']!.jws, { keys: [key, other] })
    expect(seen).toMatchObject({ verdict: 'valid', serialization: 'general', claims })
    expect(
      seen.signatures.map(({ header, state, verifiedWith }) => [header.alg, state, verifiedWith]),
    ).toEqual([
      ['RS256', 'valid', '2010-12-29'],
      ['ES256', 'valid', 'e9bc097a-ce51-4036-9562-d2ade882db0d'],
    ])
    const half = await inspect(rfc7515['A.6']!.jws, { keys: [key, { ...other, kid: 'x' }] })
    expect(half.signatures.map(({ state }) => state)).toEqual(['valid', 'unknown_key'])
  })

  test('A.7, the flattened serialisation', async () => {
    const seen = await inspect(rfc7515['A.7']!.jws, rfc7515['A.3']!.key)
    expect(seen).toMatchObject({ verdict: 'valid', serialization: 'flattened', claims })
  })

  test('appendix E, which names an extension nobody understands, is not valid', async () => {
    expect((await inspect(rfc7515.E!.jws, rfc7515['A.1']!.key)).verdict).not.toBe('valid')
  })

  test.each(['A.1', 'A.2', 'A.3', 'A.4'])(
    '%s with one bit of the signature turned over is not valid',
    async (name) => {
      const { jws, key } = rfc7515[name]!
      const [header, payload, signature] = asText(jws).split('.')
      const bytes = Buffer.from(signature!, 'base64url')
      bytes[0]! ^= 1
      const seen = await inspect(`${header}.${payload}.${bytes.toString('base64url')}`, key)
      expect(seen.signature).toBe('invalid')
      expect(seen.verdict).not.toBe('valid')
    },
  )

  test('A.1 is expired from its exp on', async () => {
    const { jws, key } = rfc7515['A.1']!
    clock.advance(1_000)
    expect(await inspect(jws, key)).toMatchObject({ verdict: 'expired', signature: 'valid' })
    clock.advance(-1_000)
  })
})

describe('RFC 7516', () => {
  test.each(['A.1', 'A.2', 'A.3'])('%s decrypts with its key', async (name) => {
    const { jwe, key, plaintext } = rfc7516[name]!
    expect(await inspect(jwe)).toMatchObject({ verdict: 'unverified', form: 'jwe' })
    expect(await decrypt(jwe, key)).toMatchObject({ plaintext, nested: null })
  })

  test.each([0, 1])('A.4, the general serialisation, decrypts for recipient %i', async (index) => {
    const { jwe, keys, plaintext } = rfc7516['A.4']!
    expect((await inspect(jwe)).serialization).toBe('general')
    expect(await decrypt(jwe, keys![index])).toMatchObject({ plaintext })
  })

  test.each(['A.1', 'A.2', 'A.3'])(
    '%s does not decrypt with another key, nor when it was changed',
    async (name) => {
      const { jwe, key } = rfc7516[name]!
      const other = rfc7516[name === 'A.1' ? 'A.2' : 'A.1']!.key
      await expect(decrypt(jwe, other)).rejects.toMatchObject({ code: 'refused' })
      const parts = asText(jwe).split('.')
      parts[4] = `${parts[4]!.startsWith('A') ? 'B' : 'A'}${parts[4]!.slice(1)}`
      await expect(decrypt(parts.join('.'), key)).rejects.toMatchObject({ code: 'refused' })
    },
  )
})

describe('RFC 7519', () => {
  test('3.1 is RFC 7515 A.1; 6.1 is its A.5', async () => {
    expect((await inspect(rfc7515['A.1']!.jws, rfc7515['A.1']!.key)).claims).toEqual(claims)
    expect((await inspect(rfc7515['A.5']!.jws)).claims).toEqual(claims)
  })

  test('A.1 is an encrypted JWT', async () => {
    const { plaintext } = await decrypt(rfc7519['A.1']!.jwe, rfc7516['A.2']!.key)
    expect(JSON.parse(plaintext)).toEqual(claims)
  })

  test('A.2 is a signed JWT in an encrypted one', async () => {
    const { nested } = await decrypt(rfc7519['A.2']!.jwe, rfc7516['A.2']!.key)
    expect(nested).toBe(rfc7515['A.2']!.jws)
    expect((await inspect(nested, rfc7515['A.2']!.key)).verdict).toBe('valid')
  })
})

describe('RFC 8037', () => {
  const { d: _d, ...publicKey } = rfc8037['A.1']
  const { jws, payload } = rfc8037['A.4']

  test('A.4 verifies with the public key of A.2', async () => {
    expect(await inspect(jws, publicKey)).toMatchObject({ verdict: 'valid', content: payload })
  })

  test('A.4 comes out of the private key of A.1, byte for byte', async () => {
    const key = { kind: 'key', text: JSON.stringify(rfc8037['A.1']) } as const
    const signed = await core.client.call('lab.sign', { header: '{"alg":"EdDSA"}', payload, key })
    expect(signed.token).toBe(jws)
  })
})
