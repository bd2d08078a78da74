import { type Check, pass } from '../../check.ts'
import {
  ASSERTION,
  type AssertionFacts,
  type AssertionRefusal,
  aheadHint,
  beside,
  CLOCK_SKEW_MS,
  numericDate,
  shown,
} from './facts.ts'

export const checkAssertionIssuedAt = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.issued-at',
  title: `The ${what} was not issued in the future, by iat`,
  spec: 'RFC 7523 3, RFC 7519 4.1.6',
  levels: { lenient: 'warn' },
  run: ({ claims, now }) => {
    if (claims.iat === undefined) return pass('no iat')
    const iat = numericDate(claims.iat)
    if (iat !== null && iat <= now + CLOCK_SKEW_MS) return pass(beside(iat, now))
    return {
      ...refusal,
      description: `The ${what} was issued in the future`,
      observed: iat === null ? `iat ${shown(claims.iat)}` : `issued ${beside(iat, now)}`,
      expected: `an iat at most ${CLOCK_SKEW_MS / 1000} s ahead, in seconds since the epoch`,
      ...(iat === null ? {} : { hint: aheadHint(iat, now) }),
    }
  },
})
