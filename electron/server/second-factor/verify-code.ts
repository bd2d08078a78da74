import type { Writer } from '../store/database.ts'
import { saveUser, type UserRecord } from '../store/users.ts'
import { matchStep, stepOf } from './totp.ts'

// Threat: guessing a six-digit code, or using one again that was seen on its way.

/** Wrong codes in a row that lock the second factor, and for how long. */
export const FAILURES_ALLOWED = 5
export const LOCK_MS = 60_000

/**
 * Until when wrong codes have locked a user's second factor; null when it is not locked. A lock that ends later than a
 * lock can last was made before the simulated clock was moved back, and counts no more.
 */
export function lockedUntil(user: Pick<UserRecord, 'totpLockedUntil'>, now: number): number | null {
  const until = user.totpLockedUntil
  return until !== null && now < until && until - now <= LOCK_MS ? until : null
}

export interface CodeVerdict {
  /** `replayed`: right, but this code or a later one was used before (RFC 6238 5.2). */
  outcome: 'accepted' | 'wrong' | 'replayed' | 'locked'
  /** The user as saved. */
  user: UserRecord
  /** Set when the second factor is locked now, by this code or before it. */
  lockedUntil: number | null
}

/**
 * Tries a code for a user with a second factor, on or pending, and saves what comes of it. A right code switches a
 * pending one on; replays count as wrong codes; while locked nothing is tried and nothing counted.
 */
export function verifyCode(writer: Writer, user: UserRecord, code: string, now: number): CodeVerdict {
  const locked = lockedUntil(user, now)
  if (locked !== null) return { outcome: 'locked', user, lockedUntil: locked }
  const step = user.totpSecret === null ? null : matchStep(user.totpSecret, code, now)
  const accepted = step !== null && step > lastUsedStep(user, now)
  const updated = accepted
    ? { ...user, totpState: 'on' as const, totpLastStep: step, totpFailures: 0, totpLockedUntil: null }
    : { ...user, ...countFailure(user, now) }
  saveUser(writer, updated)
  const outcome = accepted ? 'accepted' : step === null ? 'wrong' : 'replayed'
  return { outcome, user: updated, lockedUntil: updated.totpLockedUntil }
}

/** A step that nothing could have been accepted for by now was used before the simulated clock was moved back. */
function lastUsedStep(user: UserRecord, now: number): number {
  const last = user.totpLastStep
  return last === null || last > stepOf(now) + 1 ? Number.NEGATIVE_INFINITY : last
}

function countFailure(user: UserRecord, now: number): Pick<UserRecord, 'totpFailures' | 'totpLockedUntil'> {
  // A lock that is over has been paid for: the count starts again.
  const failures = (user.totpLockedUntil === null ? user.totpFailures : 0) + 1
  return { totpFailures: failures, totpLockedUntil: failures >= FAILURES_ALLOWED ? now + LOCK_MS : null }
}
