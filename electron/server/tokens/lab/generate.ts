import { calculateJwkThumbprint, exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose'
import type { GeneratedKey, KeyAlg } from '../../../../shared/contract/operations/lab.ts'
import { type Random, randomId } from '../../random.ts'

/** RFC 7518 3.2: at least as long as the hash. */
const secretLengths: Partial<Record<KeyAlg, number>> = { HS256: 32, HS384: 48, HS512: 64 }

/** A new key for this algorithm, as JWK and PEM. Not stored. */
export async function generateKey(random: Random, alg: KeyAlg): Promise<GeneratedKey> {
  const length = secretLengths[alg]
  if (length !== undefined) {
    const kid = randomId(random)
    const privateJwk = { kty: 'oct', kid, alg, use: 'sig', k: randomId(random, length) }
    return { kid, alg, privateJwk, publicJwk: null, privatePem: null, publicPem: null }
  }
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const kid = await calculateJwkThumbprint(publicKey)
  const encrypts = alg === 'RSA-OAEP-256' || alg === 'ECDH-ES'
  const described = { kid, alg, use: encrypts ? 'enc' : 'sig' }
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(privateKey)), ...described },
    publicJwk: { ...(await exportJWK(publicKey)), ...described },
    privatePem: await exportPKCS8(privateKey),
    publicPem: await exportSPKI(publicKey),
  }
}
