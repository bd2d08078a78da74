import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { ISSUER, START } from './issuer.ts'

export interface ProofKey {
  jwk: JWK
  /** A proof for this request, unless something is changed: a member that is undefined is left out. */
  proof(method: string, url: string, changes?: ProofChanges): Promise<string>
}

export interface ProofChanges {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  /** The token it is shown beside. */
  accessToken?: string
  nonce?: string
}

let proofs = 0

/** A key pair to hold, and what it signs (RFC 9449 4.2). */
export async function proofKey(alg = 'ES256'): Promise<ProofKey> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(pair.publicKey)
  return {
    jwk,
    proof(method, url, { header, claims, accessToken, nonce } = {}) {
      const payload = {
        jti: `proof ${++proofs}`,
        htm: method,
        htu: new URL(url, ISSUER).href,
        iat: START / 1000,
        ...(accessToken === undefined
          ? {}
          : { ath: createHash('sha256').update(accessToken).digest('base64url') }),
        ...(nonce === undefined ? {} : { nonce }),
        ...claims,
      }
      return new SignJWT(payload)
        .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk, ...header })
        .sign(pair.privateKey)
    },
  }
}

/** Headers of a request that shows a bound token. */
export const dpop = (token: string, proof: string): Record<string, string> => ({
  authorization: `DPoP ${token}`,
  dpop: proof,
})
