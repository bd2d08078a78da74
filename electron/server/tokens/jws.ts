import { constants, createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto'
import { inOneTurn, type Pending } from '../in-one-turn.ts'

// The table of RFC 7518 3.1 and RFC 8037 3.1 over node:crypto, for bytes whatever they are: the JWT lab signs headers that jose
// refuses, and the issuer signs and checks so often that a job for WebCrypto's threads costs more than the signature of a curve.

const hashes: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' }
const hashNameOf = (alg: string): string => hashes[alg.slice(2)] ?? 'sha256'

const digestOf = (alg: string): string | null =>
  alg === 'EdDSA' || alg === 'Ed25519' ? null : hashNameOf(alg)

/** What node:crypto is told beside the key. A key alone spares it the look at what else there is, which costs it a signature's time. */
const withScheme = (alg: string, key: KeyObject) =>
  alg.startsWith('PS')
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : key

const hmac = (alg: string, secret: KeyObject | Uint8Array, input: string): Buffer =>
  createHmac(hashNameOf(alg), secret).update(input).digest()

/** base64url */
export const hmacOf = (alg: string, secret: KeyObject | Uint8Array, input: string): string =>
  hmac(alg, secret, input).toString('base64url')

/**
 * The signature over a signing input (RFC 7515 5.1), base64url.
 *
 * @throws what node:crypto throws of a key that is not for this algorithm
 */
export function signatureOf(alg: string, key: KeyObject, input: string): string {
  if (key.type === 'secret') return hmacOf(alg, key, input)
  return written(alg, sign(digestOf(alg), Buffer.from(input), withScheme(alg, key)))
}

/**
 * The same, for servers. RSA takes ten times as long as anything else here, so it is done on another thread; the others are so
 * short that being handed over would cost more, and are done in a row.
 */
export function signatureAsync(alg: string, key: KeyObject, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (key.asymmetricKeyType !== 'rsa') return signSoon({ alg, key, input, resolve, reject })
    sign(digestOf(alg), Buffer.from(input), withScheme(alg, key), (error, signature) =>
      error ? reject(error) : resolve(written(alg, signature)),
    )
  })
}

interface Job extends Pending<string> {
  alg: string
  key: KeyObject
  input: string
}

const signSoon = inOneTurn<Job>((jobs) => {
  for (const { alg, key, input, resolve, reject } of jobs) {
    try {
      resolve(signatureOf(alg, key, input))
    } catch (error) {
      reject(error)
    }
  }
})

const written = (alg: string, signature: Buffer): string =>
  (alg.startsWith('ES') ? sideBySide(signature, coordinateBytes[alg] ?? 32) : signature).toString('base64url')

/** RFC 7518 3.4 */
const coordinateBytes: Readonly<Record<string, number>> = { ES256: 32, ES256K: 32, ES384: 48, ES512: 66 }

/** R and S of a DER sequence (RFC 3279 2.2.3), each as long as a coordinate. */
function sideBySide(der: Buffer, size: number): Buffer {
  const joined = Buffer.alloc(2 * size)
  // A length of 128 and more takes a byte of its own.
  let at = der[1]! > 0x80 ? 3 : 2
  for (const end of [size, 2 * size]) {
    const length = der[at + 1]!
    const value = der.subarray(at + 2, at + 2 + length)
    // DER puts a zero before a number whose first bit is set.
    const digits = value.subarray(Math.max(0, length - size))
    digits.copy(joined, end - digits.length)
    at += 2 + length
  }
  return joined
}

/** @param signature base64url */
export function signatureHolds(alg: string, key: KeyObject, input: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (key.type !== 'secret') return verify(digestOf(alg), Buffer.from(input), verifying(alg, key), bytes)
  const expected = hmac(alg, key, input)
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

const verifying = (alg: string, key: KeyObject) =>
  alg.startsWith('ES') ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : withScheme(alg, key)
