import type { JsonObject } from '../../jwt.ts'

export { shown } from '../../jwt.ts'
export { aheadHint, beside, CLOCK_SKEW_MS, numericDate } from '../assertion/facts.ts'

/** A DPoP proof and the request it came with (RFC 9449 4.3). */
export interface ProofFacts {
  /** The DPoP header as it came; several are joined by commas. */
  value: string
  /** Why it cannot be read as a signed JWT; null when it can. */
  problem: string | null
  header: JsonObject
  claims: JsonObject
  /** Algorithms that the key in its header is for. */
  algorithms: readonly string[]
  /** Whether the key in its header signed it. */
  signed: boolean
  method: string
  /** The URL of the endpoint, under every name of the issuer. */
  targets: readonly string[]
  /** Nonces that are accepted now, the newest first; null where none is asked for. */
  nonces: readonly string[] | null
  /** BASE64URL(SHA256(access token)) of the token beside it; null where none is shown. */
  tokenHash: string | null
  now: number
  /** When this proof was used before; null for the first use. */
  usedAt: number | null
}

/** Thumbprints (RFC 7638) of the key of the proof, null without one, and of the key something is bound to. */
export interface BindingFacts {
  jkt: string | null
  bound: string | null
}

export const badProof = (description: string) => ({ error: 'invalid_dpop_proof', description }) as const

/** How old a proof may be. */
export const PROOF_AGE_MS = 60_000

/** Members of a private or symmetric key (RFC 7518 6). */
export const secretMembers: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
