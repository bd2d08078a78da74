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

/** What a refresh token is before several requests use it at once. */
export interface RaceStart {
  revoked: boolean
  consumedAt: number | null
  /** It has expired, or its user is inactive. */
  ended: boolean
}

export interface RaceRule {
  winners: number
  familyRevoked: boolean
  /** The rule in words. */
  rule: string
}

/** What must come of so many refreshes with one token at once (RFC 9700 4.14.2). */
export function raceRule(start: RaceStart, rotation: RotationRule, now: number, count: number): RaceRule {
  if (start.revoked) return NOTHING
  if (isSpent(start.consumedAt, rotation, now)) {
    return {
      winners: 0,
      familyRevoked: true,
      rule: 'The token was used up before: every refresh is refused, and the first of them costs the family.',
    }
  }
  if (start.ended) return NOTHING
  if (rotation.policy === 'none') {
    return {
      winners: count,
      familyRevoked: false,
      rule: 'Without rotation every refresh gets an access token, and the refresh token stays.',
    }
  }
  if (rotation.policy === 'grace' && rotation.gracePeriod > 0) {
    return {
      winners: count,
      familyRevoked: false,
      rule: `Within ${rotation.gracePeriod} s of the first use every refresh gets tokens of its own; a later one costs the family.`,
    }
  }
  return {
    winners: 1,
    familyRevoked: count > 1,
    rule: 'Exactly one wins. To the issuer the others look like a thief, so the whole family is revoked, the tokens of the winner included.',
  }
}

const NOTHING: RaceRule = {
  winners: 0,
  familyRevoked: false,
  rule: 'The token is good for nothing any more: every refresh is refused.',
}
