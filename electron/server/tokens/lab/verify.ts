import { type CryptoKey, errors, flattenedVerify, importJWK, type JWK } from 'jose'
import type { LabSignature } from '../../../../shared/contract/operations/lab.ts'
import type { DecodedToken, JoseSignature } from '../../../../shared/protocol/jose.ts'
import { type JsonObject, shown } from '../../../../shared/protocol/jwt.ts'
import { type LabKey, signingAlgorithms, toKeyObject } from './key-material.ts'

/** Keys to verify with, and what to call them all. */
export interface KeySet {
  keys: readonly LabKey[]
  /** "the issuer", "the JWK Set": whose keys they are. */
  owner: string
  /** Whether a kid must be that of one of the keys; one key alone is meant whatever the kid says. */
  byKid: boolean
}

// Threat: a token that chooses its own algorithm or key. The key decides which algorithms count, never the header; header
// parameters that bring keys along (jwk, jku, x5c, x5u) are shown, and never used.

/** Verifies each signature of a JWS. Never throws on account of the token. */
export const verifySignatures = (decoded: DecodedToken, set: KeySet): Promise<LabSignature[]> =>
  Promise.all(decoded.signatures.map((signature) => verifySignature(decoded.payload ?? '', signature, set)))

async function verifySignature(
  payload: string,
  signature: JoseSignature,
  set: KeySet,
): Promise<LabSignature> {
  const { header } = signature
  const report = (state: LabSignature['state'], reason: string, verifiedWith: string | null = null) => ({
    header,
    state,
    reason,
    verifiedWith,
  })
  if (isUnsigned(signature)) return report('none', unsignedReason(signature))
  const named = set.byKid ? set.keys.filter(({ jwk }) => isNamed(jwk, header)) : set.keys
  if (named.length === 0) return report('unknown_key', unknownReason(header, set))
  const fitting = named.filter((key) => signingAlgorithms(key).includes(String(header.alg)))
  if (fitting.length === 0) return report('invalid', misfit(header, named[0]!))
  const failures: unknown[] = []
  for (const key of fitting) {
    try {
      await verifyWith(payload, signature, key)
      return report('valid', `Signed with ${key.name}.`, nameOf(key))
    } catch (error) {
      failures.push(error)
    }
  }
  return report('invalid', failureReason(failures[0], fitting))
}

const isUnsigned = ({ header, signature }: JoseSignature): boolean =>
  header.alg === 'none' || signature === ''

const unsignedReason = ({ header }: JoseSignature): string =>
  header.alg === 'none' ? 'The header says alg "none".' : 'The signature is missing.'

/** A token without kid may be any key's. */
const isNamed = ({ kid }: JsonObject, header: JsonObject): boolean =>
  header.kid === undefined || kid === header.kid

function unknownReason({ kid }: JsonObject, { keys, owner }: KeySet): string {
  if (keys.length === 0) return `There is no key of ${owner} to verify with.`
  return `No key of ${owner} has the kid ${typeof kid === 'string' ? kid : shown(kid)}.`
}

function misfit(header: JsonObject, key: LabKey): string {
  const fits = signingAlgorithms(key)
  const use = fits.length > 0 ? `is for ${fits.join(', ')}` : 'is not for signatures'
  return `The header says alg ${shown(header.alg)}, but ${key.name} ${use}.`
}

const nameOf = ({ jwk, name }: LabKey): string => (typeof jwk.kid === 'string' ? jwk.kid : name)

async function verifyWith(
  payload: string,
  { protected: head, unprotected, signature }: JoseSignature,
  key: LabKey,
) {
  const alg = String(key.jwk.alg ?? '')
  const jws = {
    payload,
    signature,
    ...(head === '' ? {} : { protected: head }),
    ...(unprotected ? { header: unprotected } : {}),
  }
  await flattenedVerify(
    jws,
    await toVerifier(key),
    alg === '' ? {} : { algorithms: signingAlgorithms(key) as string[] },
  )
}

async function toVerifier(key: LabKey): Promise<CryptoKey | Uint8Array | import('node:crypto').KeyObject> {
  if (key.jwk.kty !== 'oct') return toKeyObject(key, 'public')
  return importJWK(key.jwk as JWK)
}

function failureReason(error: unknown, keys: readonly LabKey[]): string {
  const names = keys.length === 1 ? keys[0]!.name : `any of ${keys.length} keys`
  if (error instanceof errors.JWSSignatureVerificationFailed) return `The signature does not match ${names}.`
  return `The signature cannot be checked with ${names}: ${error instanceof Error ? error.message : error}.`
}

/** One state for all signatures: what a verifier that wants one good signature would say (RFC 7515 5.2). */
export function overall(
  signatures: readonly LabSignature[],
): Pick<LabSignature, 'state' | 'reason' | 'verifiedWith'> {
  for (const state of ['valid', 'invalid', 'unknown_key', 'none'] as const) {
    const found = signatures.find((signature) => signature.state === state)
    if (found) return found
  }
  return { state: 'not_checked', reason: '', verifiedWith: null }
}
