import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { ASSERTION, type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

export const checkAssertionUnused = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.unused',
  title: `The ${what} is used for the first time`,
  spec: 'RFC 7523 3, RFC 7521 8.2',
  levels: { lenient: 'warn' },
  run: ({ usedAt, claims }) =>
    usedAt === null
      ? pass()
      : {
          ...refusal,
          description: `The ${what} was used before`,
          observed: `jti ${shown(claims.jti)} was used ${iso(usedAt)}`,
          expected: 'a new jti for each request',
          hint: `Make a new ${what} for each request: do not cache it, and do not send it again on a retry.`,
        },
})
