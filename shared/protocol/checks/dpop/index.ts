import type { Check } from '../../check.ts'
import { checkOneProof } from './check-one-proof.ts'
import { checkProofAlgorithm } from './check-proof-algorithm.ts'
import { checkProofClaims } from './check-proof-claims.ts'
import { checkProofFresh } from './check-proof-fresh.ts'
import { checkProofKey } from './check-proof-key.ts'
import { checkProofKeyPublic } from './check-proof-key-public.ts'
import { checkProofMethod } from './check-proof-method.ts'
import { checkProofNonce } from './check-proof-nonce.ts'
import { checkProofReadable } from './check-proof-readable.ts'
import { checkProofSignature } from './check-proof-signature.ts'
import { checkProofTarget } from './check-proof-target.ts'
import { checkProofTokenHash } from './check-proof-token-hash.ts'
import { checkProofType } from './check-proof-type.ts'
import { checkProofUnused } from './check-proof-unused.ts'
import type { ProofFacts } from './facts.ts'

export { checkKeyOfCode } from './check-key-of-code.ts'
export { checkKeyOfRefreshToken } from './check-key-of-refresh-token.ts'
export { checkKeyOfToken } from './check-key-of-token.ts'
export { checkProofPresent } from './check-proof-present.ts'
export { checkSchemeOfToken } from './check-scheme-of-token.ts'
export { checkThumbprintOfProof } from './check-thumbprint-of-proof.ts'
export { checkThumbprintSyntax } from './check-thumbprint-syntax.ts'
export { CLOCK_SKEW_MS, PROOF_AGE_MS, type ProofFacts } from './facts.ts'

/** A DPoP proof, in the order of RFC 9449 4.3. */
export const proofChecks: readonly Check<ProofFacts>[] = [
  checkOneProof,
  checkProofReadable,
  checkProofClaims,
  checkProofType,
  checkProofKeyPublic,
  checkProofKey,
  checkProofAlgorithm,
  checkProofSignature,
  checkProofMethod,
  checkProofTarget,
  checkProofNonce,
  checkProofFresh,
  checkProofTokenHash,
]

/** Last, since it uses the proof up. */
export const unusedProofChecks: readonly Check<ProofFacts>[] = [checkProofUnused]
