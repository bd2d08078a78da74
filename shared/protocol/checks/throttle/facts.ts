import { type Passed, pass } from '../../check.ts'
import type { Refusal } from '../../errors.ts'
import { iso } from '../../time.ts'

/** How often somebody was wrong of late about one secret or password. */
export interface TriesFacts {
  wrong: number
  /** From this many wrong tries on none is judged until `until`. */
  limit: number
  /** When they are forgotten; milliseconds since the epoch. */
  until: number
  now: number
}

type Told = Pick<Refusal, 'error' | 'status' | 'challenge' | 'hint'>

/** The answer is the same for a right secret: else it would tell which of the tries was right. */
export function judgeTries(
  { wrong, limit, until, now }: TriesFacts,
  what: 'secrets' | 'passwords',
  told: Told,
): Passed | Refusal {
  if (wrong < limit) return pass(`${wrong} wrong of late`)
  const seconds = Math.max(1, Math.ceil((until - now) / 1000))
  return {
    ...told,
    description: `Too many wrong ${what}, try again in ${seconds} seconds`,
    retryAfter: seconds,
    observed: `${wrong} wrong ${what} within a minute`,
    expected: `a try after ${iso(until)}`,
  }
}
