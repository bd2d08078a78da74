import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import { type Random, randomId } from '../random.ts'
import type { KeyRecord } from '../store/keys.ts'

export type KeyMaterial = Pick<KeyRecord, 'kid' | 'alg' | 'privateJwk' | 'publicJwk'>

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
