import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { VerificationFacts } from './facts.ts'

export const checkNotLocked: Check<VerificationFacts> = {
  id: 'second-factor.not-locked',
  title: 'The second factor is not locked by wrong codes',
  spec: 'RFC 4226 7.3, RFC 6585 4',
  run: ({ outcome, lockedUntil, now }) => {
    if (outcome !== 'locked') return pass()
    const seconds = Math.max(1, Math.ceil(((lockedUntil ?? now) - now) / 1000))
    return {
      error: 'temporarily_unavailable',
      status: 429,
      retryAfter: seconds,
      description: `Too many wrong codes, try again in ${seconds} seconds`,
      observed: 'five wrong codes in a row',
      expected: `a try after ${iso(lockedUntil ?? now)}`,
      hint: 'Unlock it in Users.',
    }
  },
}
