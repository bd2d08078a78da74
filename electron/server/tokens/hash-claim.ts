import { createHash } from 'node:crypto'
import type { SigningAlg } from '../../../shared/contract/values.ts'

/**
 * at_hash, or c_hash: the left half of the hash of an access token or code, base64url (OpenID Connect Core 1.0 3.1.3.6,
 * 3.3.2.11). The hash is that of the algorithm the ID token is signed with; Ed25519's is SHA-512.
 */
export function hashClaim(alg: SigningAlg, value: string): string {
  const digest = createHash(alg === 'EdDSA' ? 'sha512' : 'sha256')
    .update(value, 'ascii')
    .digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
