import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { EncryptionKeyAlg, SigningAlg } from '../../../shared/contract/values.ts'
import { type Random, randomId } from '../random.ts'
import type { EncryptionKeyRecord, SigningKeyRecord } from '../store/keys.ts'

type Material = 'kid' | 'alg' | 'privateJwk' | 'publicJwk'
export type KeyMaterial = Pick<SigningKeyRecord, Material>
export type EncryptionMaterial = Pick<EncryptionKeyRecord, Material>

/** A new key for an algorithm. Its kid is its thumbprint (RFC 7638), or random for a secret. */
export async function generateSigningKey(alg: SigningAlg, random: Random): Promise<KeyMaterial> {
  // RFC 7518 3.2: at least as long as the hash.
  if (alg === 'HS256') return secretMaterial(randomId(random, 32), randomId(random))
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const kid = await calculateJwkThumbprint(pair.publicKey)
  const described = { kid, alg, use: 'sig' }
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...described },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...described },
  }
}

/** A shared secret. Its thumbprint would be a hash of the secret, so the kid is another. */
export const secretMaterial = (k: string, kid: string): KeyMaterial => ({
  kid,
  alg: 'HS256',
  privateJwk: { kty: 'oct', k, kid, alg: 'HS256', use: 'sig' },
  publicJwk: null,
})

/**
 * A new pair for others to encrypt with. Its JWK names no algorithm: those of its kind all go, and a client that looks for one of
 * them would pass over a key that names another.
 */
export async function generateEncryptionKey(alg: EncryptionKeyAlg): Promise<EncryptionMaterial> {
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 2048, crv: 'P-256' })
  const kid = await calculateJwkThumbprint(pair.publicKey)
  const described = { kid, use: 'enc' }
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...described },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...described },
  }
}
