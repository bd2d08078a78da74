import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import {
  CompactEncrypt,
  CompactSign,
  calculateJwkThumbprint,
  compactDecrypt,
  compactVerify,
  importJWK,
  type JWK,
} from 'jose'
import { invalidInput } from '../../../shared/contract/issues.ts'
import { type EncryptionKeyAlg, type SigningAlg, signingAlg } from '../../../shared/contract/values.ts'
import { base64UrlProblem } from '../../../shared/protocol/base64url.ts'
import { encryptionsOf } from '../../../shared/protocol/jwk.ts'
import { type Random, randomId } from '../random.ts'
import { type EncryptionMaterial, type KeyMaterial, secretMaterial } from './generate-key.ts'
import { isPrivate, type LabKey, readKeys, signingAlgorithms, toKeyObject } from './lab/key-material.ts'

const KID = /^[\x20-\x7e]{1,200}$/

/**
 * A private key of the user's as a signing key: a JWK (RFC 7517), the first private one of a JWK Set, or PEM. Only what signing takes
 * is kept of it, and only if it signs what its public half verifies.
 *
 * @throws ContractError `invalid_input` at `text` or `alg`, for a key that is broken, public, too weak or for something else
 */
export async function importSigningKey(
  text: string,
  wanted: SigningAlg | undefined,
  random: Random,
): Promise<KeyMaterial> {
  const found = readKeys(text, 'text')
  const key = found.find(isPrivate)
  if (!key) throw wrong('is a public key: it verifies, and cannot sign')
  const alg = algOf(key, wanted)
  const material =
    key.jwk.kty === 'oct' ? readSecret(key, random) : { alg, ...(await readPair(key, { alg, use: 'sig' })) }
  await prove(material)
  return material
}

/**
 * The same for a pair that others encrypt with: RSA, or a key on a curve.
 *
 * @throws ContractError `invalid_input` at `text` or `alg`
 */
export async function importEncryptionKey(
  text: string,
  wanted: EncryptionKeyAlg | undefined,
): Promise<EncryptionMaterial> {
  const key = readKeys(text, 'text').find(isPrivate)
  if (!key) throw wrong('is a public key: others encrypt with it, and it cannot decrypt')
  const [fitting] = encryptionsOf(key.jwk)
  if (fitting === undefined)
    throw wrong(
      `is a ${String(key.jwk.kty)} key that is not for encryption; it takes RSA, P-256, P-384 or P-521`,
    )
  const alg: EncryptionKeyAlg = fitting.startsWith('RSA') ? 'RSA-OAEP-256' : 'ECDH-ES'
  if (wanted !== undefined && wanted !== alg) throw wrong(`is ${wanted}, but the key is for ${alg}`, 'alg')
  const material = { alg, ...(await readPair(key, { use: 'enc' })) }
  await proveDecrypts(material)
  return material
}

const wrong = (message: string, path = 'text') => invalidInput([{ path, message }])

function algOf(key: LabKey, wanted: SigningAlg | undefined): SigningAlg {
  const fits = signingAlgorithms(key)
  const usable = signingAlg.options.filter((alg) => fits.includes(alg))
  if (usable.length === 0) {
    const what =
      fits.length > 0 ? `is for ${fits.join(', ')}` : `is a ${String(key.jwk.kty)} key not for signatures`
    throw wrong(`${what}; an issuer signs with ${signingAlg.options.join(', ')}`)
  }
  if (wanted === undefined) return usable[0]!
  if (usable.includes(wanted)) return wanted
  throw wrong(`is ${wanted}, but the key signs with ${usable.join(', ')}`, 'alg')
}

function readSecret({ jwk }: LabKey, random: Random): KeyMaterial {
  const { k } = jwk
  if (typeof k !== 'string' || base64UrlProblem(k) !== null)
    throw wrong('has no member "k" in base64url (RFC 7518 6.4)')
  const bytes = Buffer.from(k, 'base64url').length
  if (bytes < 32) throw wrong(`is a secret of ${bytes * 8} bits; HS256 takes 256 or more (RFC 7518 3.2)`)
  return secretMaterial(k, kidOf(jwk) ?? randomId(random))
}

async function readPair(
  key: LabKey,
  described: { alg?: SigningAlg; use: 'sig' | 'enc' },
): Promise<Pick<KeyMaterial, 'kid' | 'privateJwk' | 'publicJwk'>> {
  // The members given beside the private one must be its own: what node makes of it says what they are.
  const pair = privateKeyOf(key)
  refuseWeak(pair)
  const privateJwk = pair.export({ format: 'jwk' })
  const publicJwk = createPublicKey(pair).export({ format: 'jwk' })
  const kid = kidOf(key.jwk) ?? (await calculateJwkThumbprint(publicJwk as JWK))
  return {
    kid,
    privateJwk: { ...privateJwk, kid, ...described },
    publicJwk: { ...publicJwk, kid, ...described },
  }
}

function privateKeyOf(key: LabKey): KeyObject {
  try {
    return createPrivateKey({ key: toKeyObject(key, 'private').export({ type: 'pkcs8', format: 'pem' }) })
  } catch (error) {
    throw wrong(`cannot be used: ${error instanceof Error ? error.message : error}`)
  }
}

/** RFC 7518 3.3: 2048 bits or more; FIPS 186-5 A.1.1: an exponent over 2^16. Beyond 8192 bits each token would take a second. */
function refuseWeak({ asymmetricKeyDetails: details = {} }: KeyObject): void {
  const { modulusLength, publicExponent } = details
  if (modulusLength === undefined) return
  if (modulusLength < 2048)
    throw wrong(`is an RSA key of ${modulusLength} bits; it takes 2048 or more (RFC 7518 3.3)`)
  if (modulusLength > 8192) throw wrong(`is an RSA key of ${modulusLength} bits; at most 8192 are taken`)
  if (publicExponent !== undefined && publicExponent < 65_537n)
    throw wrong(`has the public exponent ${publicExponent}; it takes 65537 or more (FIPS 186-5 A.1.1)`)
}

const kidOf = ({ kid }: LabKey['jwk']): string | null => {
  if (kid === undefined) return null
  if (typeof kid === 'string' && KID.test(kid)) return kid
  throw wrong('has a kid that is not 1 to 200 printable ASCII characters')
}

/** Signs with the key as it will be used, and verifies with what others will see of it. */
async function prove({ alg, privateJwk, publicJwk }: KeyMaterial): Promise<void> {
  try {
    const signed = await new CompactSign(new Uint8Array([1]))
      .setProtectedHeader({ alg })
      .sign(await importJWK(privateJwk as JWK, alg))
    await compactVerify(signed, await importJWK((publicJwk ?? privateJwk) as JWK, alg))
  } catch (error) {
    throw wrong(
      `does not sign what its public half verifies: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** Encrypts with what others will see of the key, and decrypts with it. */
async function proveDecrypts({ alg, privateJwk, publicJwk }: EncryptionMaterial): Promise<void> {
  try {
    const sealed = await new CompactEncrypt(new Uint8Array([1]))
      .setProtectedHeader({ alg, enc: 'A128GCM' })
      .encrypt(await importJWK(publicJwk as JWK, alg))
    await compactDecrypt(sealed, await importJWK(privateJwk as JWK, alg))
  } catch (error) {
    throw wrong(
      `does not decrypt what is encrypted with its public half: ${error instanceof Error ? error.message : error}`,
    )
  }
}
