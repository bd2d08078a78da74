import { type Check, pass } from '../../check.ts'
import {
  ASSERTION,
  type AssertionFacts,
  type AssertionRefusal,
  beside,
  CLOCK_SKEW_MS,
  LONGEST_LIFE_MS,
  numericDate,
} from './facts.ts'

export const checkAssertionExpiresSoon = (
  refusal: AssertionRefusal,
  what = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.expires-soon',
  title: `The ${what} ends within the hour`,
  spec: 'RFC 7523 3',
  levels: { lenient: 'warn' },
  run: ({ claims, now }) => {
    const exp = numericDate(claims.exp) ?? 0
    if (exp <= now + LONGEST_LIFE_MS + CLOCK_SKEW_MS) return pass(beside(exp, now))
    return {
      ...refusal,
      description: `exp of the ${what} is too far in the future`,
      observed: `ends ${beside(exp, now)}`,
      expected: `an exp at most ${LONGEST_LIFE_MS / 60_000} minutes ahead`,
      hint: 'A minute or two is enough: it is used at once. A NumericDate is in seconds, not milliseconds.',
    }
  },
})
