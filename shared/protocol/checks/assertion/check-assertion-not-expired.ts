import { type Check, pass } from '../../check.ts'
import {
  ASSERTION,
  type AssertionFacts,
  type AssertionRefusal,
  beside,
  CLOCK_SKEW_MS,
  numericDate,
} from './facts.ts'

export const checkAssertionNotExpired = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.not-expired',
  title: `The ${what} has not expired`,
  spec: 'RFC 7523 3',
  run: ({ claims, now }) => {
    const exp = numericDate(claims.exp) ?? 0
    if (exp + CLOCK_SKEW_MS > now) return pass(beside(exp, now))
    return {
      ...refusal,
      description: `The ${what} has expired`,
      observed: `expired ${beside(exp, now)}`,
      expected: `an exp no more than ${CLOCK_SKEW_MS / 1000} s in the past`,
      hint: `Make a new ${what} for each request. If this one is new, the client's clock is ${Math.ceil((now - exp) / 1000)} s or more behind the issuer's.`,
    }
  },
})
