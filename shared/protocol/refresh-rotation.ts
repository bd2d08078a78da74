/** What becomes of a refresh token at its use. */
export interface RotationRule {
  /**
   * `strict`: it is used up. `grace`: the same, but it still works for a while, for clients that lost the answer or refresh
   * in parallel. `none`: it goes on until it expires, and no other is given (RFC 6749 6 leaves that to the server).
   */
  readonly policy: 'strict' | 'grace' | 'none'
  /** Seconds from the first use. */
  readonly gracePeriod: number
}

/**
 * Whether one more use is refused, and so looks like theft (RFC 9700 4.14.2). A token that was used up before its policy
 * became `none` stays so: there is another in its place.
 */
export const isSpent = (
  consumedAt: number | null,
  { policy, gracePeriod }: RotationRule,
  now: number,
): boolean => consumedAt !== null && !(policy === 'grace' && now < consumedAt + gracePeriod * 1000)
