export interface CodeFacts {
  code: string | undefined
}

export interface EnrolmentFacts {
  state: 'off' | 'pending' | 'on'
}

export interface VerificationFacts {
  outcome: 'accepted' | 'wrong' | 'replayed' | 'locked'
  now: number
  /** Until when the second factor is locked; null when it is not. */
  lockedUntil: number | null
}
