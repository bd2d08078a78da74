import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSystemRandom } from '../../electron/server/random.ts'
import { decrypt } from '../../electron/server/tokens/jwe/decrypt.ts'
import { encrypt } from '../../electron/server/tokens/jwe/encrypt.ts'
import { unwrapKey, wrapKey } from '../../electron/server/tokens/jwe/key-wrap.ts'
import { keyOfSecret } from '../../electron/server/tokens/jwe/secret-key.ts'
import {
  agreementEncryptions,
  contentEncryptions,
  rsaEncryptions,
  secretEncryptions,
} from '../../shared/protocol/jwe.ts'
import type { PublicJwk } from '../../shared/protocol/jwk.ts'

// What is done by hand against what jose does, both ways: each must read what the other wrote.

const random = createSystemRandom()
const SECRET = 'the secret of the client'
const TEXT = 'ÿ 🦊 {"a":1}'
interface Pair {
  publicJwk: PublicJwk
  privateJwk: JWK
}
const pairs = new Map<string, Pair>()

beforeAll(async () => {
  for (const [name, alg, options] of [
    ['RSA', 'RSA-OAEP', { modulusLength: 2048 }],
    ['P-256', 'ECDH-ES', { crv: 'P-256' }],
    ['P-384', 'ECDH-ES', { crv: 'P-384' }],
    ['P-521', 'ECDH-ES', { crv: 'P-521' }],
  ] as const) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options })
    const publicJwk = { ...(await exportJWK(publicKey)), kid: name, use: 'enc' } as PublicJwk
    pairs.set(name, { publicJwk, privateJwk: await exportJWK(privateKey) })
  }
})

const everyEnc = (kinds: readonly string[], algs: readonly string[]) =>
  kinds.flatMap((kind) => algs.flatMap((alg) => contentEncryptions.map((enc) => [kind, alg, enc] as const)))

describe('with a key pair', () => {
  test.each([
    ...everyEnc(['RSA'], rsaEncryptions),
    ...everyEnc(['P-256', 'P-384', 'P-521'], agreementEncryptions),
  ])('%s by %s and %s is read by jose, and the other way round', async (kind, alg, enc) => {
    const { publicJwk, privateJwk } = pairs.get(kind)!
    const ours = await encrypt(random, TEXT, { alg: alg as 'RSA-OAEP', enc, key: publicJwk }, 'JWT')
    const { plaintext, protectedHeader } = await compactDecrypt(ours, await importJWK(privateJwk, alg))
    expect(new TextDecoder().decode(plaintext)).toBe(TEXT)
    expect(protectedHeader).toMatchObject({ alg, enc, kid: kind, cty: 'JWT' })

    const theirs = await new CompactEncrypt(Buffer.from(TEXT))
      .setProtectedHeader({ alg, enc })
      .setKeyManagementParameters(
        alg.startsWith('ECDH') ? { apu: Buffer.from('Alice'), apv: Buffer.from('Bob') } : {},
      )
      .encrypt(await importJWK(publicJwk, alg))
    const header = JSON.parse(Buffer.from(theirs.split('.')[0]!, 'base64url').toString())
    expect(await decrypt(theirs, header, { ...privateJwk })).toBe(TEXT)
    const other = pairs.get(kind === 'P-256' ? 'P-384' : 'P-256')!
    await expect(decrypt(theirs, header, { ...other.privateJwk })).rejects.toThrow()
  })
})

describe('with the secret', () => {
  test.each(everyEnc(['oct'], secretEncryptions))(
    '%s by %s and %s is read by jose, and the other way round',
    async (_, alg, enc) => {
      const key = keyOfSecret(SECRET, alg, enc)
      const ours = await encrypt(random, TEXT, { alg: alg as 'dir', enc, key })
      const { plaintext, protectedHeader } = await compactDecrypt(ours, key)
      expect(new TextDecoder().decode(plaintext)).toBe(TEXT)
      expect(protectedHeader).toEqual({ alg, enc })
      const theirs = await new CompactEncrypt(Buffer.from(TEXT)).setProtectedHeader({ alg, enc }).encrypt(key)
      expect(await decrypt(theirs, { alg, enc }, key)).toBe(TEXT)
      await expect(decrypt(theirs, { alg, enc }, keyOfSecret(`${SECRET}!`, alg, enc))).rejects.toThrow()
      const changed = theirs.at(-2) === 'A' ? 'B' : 'A'
      const forged = theirs.slice(0, -2) + changed + theirs.at(-1)
      await expect(decrypt(forged, { alg, enc }, key)).rejects.toThrow()
    },
  )

  test.each([
    ['A128KW', 'A256CBC-HS512', 'SHA-256', 16],
    ['A256KW', 'A128GCM', 'SHA-256', 32],
    ['dir', 'A128GCM', 'SHA-256', 16],
    ['dir', 'A128CBC-HS256', 'SHA-256', 32],
    ['dir', 'A256CBC-HS512', 'SHA-512', 64],
  ])('%s with %s takes the left part of %s', async (alg, enc, name, length) => {
    const hash = await crypto.subtle.digest(name, Buffer.from(SECRET))
    expect(keyOfSecret(SECRET, alg, enc).toString('hex')).toBe(
      Buffer.from(hash).subarray(0, length).toString('hex'),
    )
  })
})

test.each([
  ['4.1', 15, '00112233445566778899aabbccddeeff', '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'],
  ['4.3', 31, '00112233445566778899aabbccddeeff', '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7'],
  [
    '4.6',
    31,
    '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
    '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
  ],
])('the key wrap of RFC 3394 %s', (_section, last, key, wrapped) => {
  const kek = Buffer.from(Array.from({ length: last + 1 }, (_, index) => index))
  expect(wrapKey(kek, Buffer.from(key, 'hex')).toString('hex')).toBe(wrapped)
  expect(unwrapKey(kek, Buffer.from(wrapped, 'hex')).toString('hex')).toBe(key)
})

describe('what is no JWE of its algorithms', () => {
  const key = (alg: string, enc: string) => keyOfSecret(SECRET, alg, enc)
  const every = everyEnc(['oct'], ['dir', 'A256KW']).map(([, alg, enc]) => [alg, enc] as const)
  const sealed = (alg: string, enc: string) =>
    encrypt(random, TEXT, { alg: alg as 'dir', enc: enc as 'A128GCM', key: key(alg, enc) })
  const PARTS = ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'tag']

  // RFC 7516 5.2 (2): no line breaks, white space or other characters.
  test.each(every)('by %s and %s each part is base64url, and nothing else', async (alg, enc) => {
    const parts = (await sealed(alg, enc)).split('.')
    for (const junk of ['!!', '=', ' ', '\n'])
      for (const [index, name] of PARTS.entries()) {
        const changed = parts.with(index, `${parts[index]}${junk}`).join('.')
        await expect(decrypt(changed, { alg, enc }, key(alg, enc)), name + junk).rejects.toMatchObject({
          code: 'ERR_JWE_INVALID',
          message: expect.stringMatching(new RegExp(`^the ${name} has .* at position`)),
        })
      }
  })

  // RFC 7518 5.2.2.2, 5.3
  test.each(every)('by %s and %s a tag of another length is refused', async (alg, enc) => {
    const parts = (await sealed(alg, enc)).split('.')
    const tag = Buffer.from(parts[4]!, 'base64url')
    for (const other of [...Array(tag.length).keys()]
      .map((end) => tag.subarray(0, end))
      .concat(Buffer.concat([tag, tag])))
      await expect(
        decrypt(parts.with(4, other.toString('base64url')).join('.'), { alg, enc }, key(alg, enc)),
        `${other.length} bytes`,
      ).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_JWE_(?:DECRYPTION_FAILED|INVALID)$/) })
  })

  test.each(contentEncryptions)(
    'by A256KW and %s an initialization vector of another length is refused',
    async (enc) => {
      const parts = (await sealed('A256KW', enc)).split('.')
      for (const iv of ['', 'AAAA', `${parts[2]}${parts[2]}`])
        await expect(
          decrypt(parts.with(2, iv).join('.'), { alg: 'A256KW', enc }, key('A256KW', enc)),
        ).rejects.toMatchObject({ code: 'ERR_JWE_DECRYPTION_FAILED' })
    },
  )

  test.each([{ zip: 'DEF' }, { crit: ['exp'], exp: 1 }])(
    'a header with %j asks for more than is known',
    async (more) => {
      const header = { alg: 'A256KW', enc: 'A128GCM', ...more }
      await expect(
        decrypt(await sealed('A256KW', 'A128GCM'), header, key('A256KW', 'A128GCM')),
      ).rejects.toMatchObject({
        code: 'ERR_JOSE_NOT_SUPPORTED',
      })
    },
  )

  // A megabyte takes half a minute to unwrap, in which the issuer answers nobody.
  test.each(contentEncryptions)(
    'a wrapped key longer than %s takes is refused before it is unwrapped',
    async (enc) => {
      const parts = (await sealed('A256KW', enc)).split('.')
      const long = parts.with(1, Buffer.alloc(1_600_000).toString('base64url')).join('.')
      const began = performance.now()
      await expect(decrypt(long, { alg: 'A256KW', enc }, key('A256KW', enc))).rejects.toMatchObject({
        code: 'ERR_JWE_DECRYPTION_FAILED',
      })
      expect(performance.now() - began).toBeLessThan(5_000)
    },
  )

  test('a wrapped key of another enc is refused', async () => {
    const parts = (await sealed('A256KW', 'A256GCM')).split('.')
    await expect(
      decrypt(parts.join('.'), { alg: 'A256KW', enc: 'A128GCM' }, key('A256KW', 'A128GCM')),
    ).rejects.toMatchObject({ code: 'ERR_JWE_DECRYPTION_FAILED' })
  })
})
