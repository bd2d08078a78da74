import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose'
import {
  CLOCK_SKEW_MS,
  checkProofPresent,
  PROOF_AGE_MS,
  type ProofFacts,
  proofChecks,
  unusedProofChecks,
} from '../../../../shared/protocol/checks/dpop/index.ts'
import { algorithmsOf, type PublicJwk, publicJwkProblem } from '../../../../shared/protocol/jwk.ts'
import { decodeJwt, signedJwtProblem } from '../../../../shared/protocol/jwt.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { useProof } from '../../store/dpop-proofs.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { issuerUrls } from '../issuer-url.ts'
import { acceptedNonces, NONCE_WINDOW_MS, offerNonce } from './nonce.ts'

// Threat: a token or code that was stolen on its way or in a log. Bound to a key it is of no use to the thief, as long as every
// proof is for one request (htm, htu, ath), was made just now (nonce or iat), and counts once (jti).

/** As long as a proof could be taken for fresh. */
const REMEMBERED_MS = Math.max(PROOF_AGE_MS + CLOCK_SKEW_MS, 2 * NONCE_WINDOW_MS)

/**
 * Takes the DPoP proof of a request for tokens, where there is one, and notes its key in the context (RFC 9449 5).
 *
 * @param client whose registration may want one
 * @throws OAuthError invalid_dpop_proof or use_dpop_nonce
 */
export async function takeProof(context: RequestContext, client: ClientRecord | null): Promise<void> {
  const required = client?.dpopBoundAccessTokens
    ? 'the client is registered for DPoP-bound tokens only'
    : null
  const value = context.headers.get('dpop')
  if (value === null && required === null) return
  if (value === null) offerNonce(context, acceptedNonces(context), undefined)
  check(context, [checkProofPresent], { present: value !== null, required })
  if (value !== null) await acceptProof(context, value, null)
}

/**
 * Takes the proof beside an access token, and notes its key in the context (RFC 9449 7).
 *
 * @throws OAuthError invalid_dpop_proof or use_dpop_nonce
 */
export async function takeProofOfToken(context: RequestContext, accessToken: string): Promise<void> {
  const value = context.headers.get('dpop')
  if (value === null) offerNonce(context, acceptedNonces(context), undefined)
  check(context, [checkProofPresent], { present: value !== null, required: 'the scheme DPoP has one' })
  if (value !== null) await acceptProof(context, value, hashOf(accessToken))
}

async function acceptProof(context: RequestContext, value: string, tokenHash: string | null): Promise<void> {
  const { core, method, path, issuerName } = context
  const nonces = acceptedNonces(context)
  const decoded = decodeJwt(value)
  const header = decoded.header ?? {}
  const claims = decoded.claims ?? {}
  offerNonce(context, nonces, claims.nonce)
  const jwk = publicJwkProblem(header.jwk) === null ? (header.jwk as PublicJwk) : null
  const facts: ProofFacts = {
    value,
    problem: signedJwtProblem(decoded),
    header,
    claims,
    algorithms: jwk === null ? [] : algorithmsOf(jwk),
    signed: jwk !== null && (await isSigned(value, jwk, header.alg)),
    method,
    targets: issuerUrls(context).map((issuer) => issuer + path),
    nonces,
    tokenHash,
    now: core.clock.now(),
    usedAt: null,
  }
  check(context, proofChecks, facts)
  const jkt = await calculateJwkThumbprint(jwk as JWK)
  const hash = hashOf([jkt, issuerName, path, claims.jti].join('\n'))
  const use = { hash, usedAt: facts.now, expiresAt: facts.now + REMEMBERED_MS }
  const usedAt = core.database.write((writer) => useProof(writer, use))
  check(context, unusedProofChecks, { ...facts, usedAt })
  context.jkt = jkt
}

/** A key that cannot be imported has signed nothing. */
async function isSigned(token: string, jwk: PublicJwk, alg: unknown): Promise<boolean> {
  if (typeof alg !== 'string' || !algorithmsOf(jwk).includes(alg)) return false
  try {
    await compactVerify(token, await importJWK(jwk, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}
