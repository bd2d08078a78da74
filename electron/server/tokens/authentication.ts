import type { Core } from '../core.ts'

/** When and how a user proved who they are, as claims (RFC 9068 2.2.1, RFC 8176). */
export interface Authentication {
  /** Seconds since the epoch. */
  auth_time: number
  amr: string[]
}

export const authenticatedAt = (milliseconds: number, amr: string[]): Authentication => ({
  auth_time: Math.floor(milliseconds / 1000),
  amr,
})

export const authenticatedNow = ({ clock }: Core, amr: string[]): Authentication =>
  authenticatedAt(clock.now(), amr)
