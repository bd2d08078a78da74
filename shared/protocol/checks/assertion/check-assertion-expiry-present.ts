import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { ASSERTION, type AssertionFacts, type AssertionRefusal, numericDate, shown } from './facts.ts'

export const checkAssertionExpiryPresent = (
  refusal: AssertionRefusal,
  what = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.expiry-present',
  title: `The ${what} says when it ends, as exp`,
  spec: 'RFC 7523 3, RFC 7519 4.1.4',
  run: ({ claims }) => {
    const exp = numericDate(claims.exp)
    if (exp !== null) return pass(iso(exp))
    return {
      ...refusal,
      description: `The ${what} has no exp`,
      observed: `exp ${shown(claims.exp)}`,
      expected: 'seconds since the epoch, as a number',
    }
  },
})
