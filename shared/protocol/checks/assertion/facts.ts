import type { Refusal } from '../../errors.ts'
import type { JsonObject } from '../../jwt.ts'
import { iso } from '../../time.ts'

export { shown } from '../../jwt.ts'

/** A JWT that a client signed, to authenticate (RFC 7523 2.2) or as a grant (2.1), once it was taken apart. */
export interface AssertionFacts {
  /** Why it cannot be read as a signed JWT; null when it can. */
  problem: string | null
  header: JsonObject
  claims: JsonObject
  clientId: string
  /** Why the client's keys cannot be had; null when they can. */
  keysProblem: string | null
  /** Algorithms that the client's keys, or its secret, are for. */
  algorithms: readonly string[]
  /** Length of the secret it was signed with; null for a signature with a key pair. */
  secretBytes: number | null
  signature: 'valid' | 'invalid' | 'unknown_key'
  /** How the signature holds, or why not. */
  reason: string
  /** What `aud` may name: the issuer, and the endpoint it was sent to. */
  audiences: readonly string[]
  now: number
  /** When a JWT with this jti was used before; null for the first use. */
  usedAt: number | null
}

/** invalid_client when it authenticates (RFC 7521 4.2.1), invalid_grant when it is the grant (4.1.1). */
export type AssertionRefusal = Pick<Refusal, 'error' | 'status' | 'challenge'>

/** What the rules call the JWT they look at, where it is nothing else. */
export const ASSERTION = 'assertion'

/** Whether typ is one of these, or absent. Media types may be written out, and in capitals (RFC 7515 4.1.9). */
export const hasMediaType = (typ: unknown, types: readonly string[]): boolean =>
  typ === undefined ||
  (typeof typ === 'string' && types.includes(typ.toLowerCase().replace(/^application\//, '')))

/** How far the clocks of client and issuer may be apart. */
export const CLOCK_SKEW_MS = 60_000

/** How far in the future exp may lie. */
export const LONGEST_LIFE_MS = 3_600_000

/** A NumericDate (RFC 7519 2) in milliseconds; null for anything else. */
export const numericDate = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null

/** "2031-04-06T12:00:00.000Z; the issuer's clock says …". */
export const beside = (time: number, now: number): string =>
  `${iso(time)}; the issuer's clock says ${iso(now)}`

/** What to do about a time claim that lies ahead of the issuer's clock. */
export const aheadHint = (time: number, now: number): string =>
  `The client's clock looks ${Math.ceil((time - now) / 1000)} s ahead of the issuer's; ${CLOCK_SKEW_MS / 1000} s are tolerated. Set the clocks to the same time. A NumericDate is in seconds, not milliseconds.`
