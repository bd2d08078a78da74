import type { Refusal } from '../../errors.ts'

export interface SessionFacts {
  /** The session of the cookie; null when there is none. */
  session: { state: 'pending' | 'active'; expiresAt: number; endedAt: number | null } | null
  now: number
  /** States the route takes. */
  accepts: readonly string[]
}

export const refuseSession = (description: string, observed: string): Refusal => ({
  error: 'invalid_token',
  status: 401,
  description,
  challenge: 'Bearer',
  observed,
  expected: 'a session_id cookie of a live session',
  hint: 'POST /login makes one.',
})
