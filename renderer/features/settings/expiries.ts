import type { TokenRow } from '../../../shared/contract/operations/tokens.ts'

/** Tokens that still count, the first to end first. */
export const endingNext = (rows: readonly TokenRow[], now: number): TokenRow[] =>
  rows.filter(({ expiresAt }) => expiresAt > now).toSorted((a, b) => a.expiresAt - b.expiresAt)

/** How many of them have ended once the clock is moved on by so many seconds. */
export const endedAfter = (tokens: readonly TokenRow[], now: number, seconds: number): number =>
  tokens.filter(({ expiresAt }) => expiresAt <= now + seconds * 1000).length

/** Time to see a token work before it ends, unless time stands still. */
export const justBefore = (expiresAt: number, frozen: boolean): number => expiresAt - (frozen ? 1_000 : 5_000)
export const justAfter = (expiresAt: number): number => expiresAt + 1_000
