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

export const checkAssertionNotBefore = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.not-before',
  title: `The ${what} is valid already, by nbf`,
  spec: 'RFC 7523 3, RFC 7519 4.1.5',
  run: ({ claims, now }) => {
    if (claims.nbf === undefined) return pass('no nbf')
    const nbf = numericDate(claims.nbf)
    if (nbf !== null && nbf <= now + CLOCK_SKEW_MS) return pass(beside(nbf, now))
    return {
      ...refusal,
      description: `The ${what} is not valid yet`,
      observed: nbf === null ? `nbf ${shown(claims.nbf)}` : `valid from ${beside(nbf, now)}`,
      expected: `an nbf at most ${CLOCK_SKEW_MS / 1000} s ahead, in seconds since the epoch`,
      ...(nbf === null ? {} : { hint: aheadHint(nbf, now) }),
    }
  },
})
