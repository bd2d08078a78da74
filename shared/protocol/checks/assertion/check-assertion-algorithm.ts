import { type Check, pass } from '../../check.ts'
import { ASSERTION, type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

export const checkAssertionAlgorithm = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.algorithm',
  title: `The ${what} is signed with an algorithm of the client's keys`,
  spec: 'RFC 7523 3, RFC 8725 3.1',
  run: ({ header, algorithms }) =>
    typeof header.alg === 'string' && algorithms.includes(header.alg)
      ? pass(header.alg)
      : {
          ...refusal,
          description: `The ${what} is signed with an algorithm the client has no key for`,
          observed: `alg ${shown(header.alg)}`,
          expected: algorithms.join(' or ') || 'an algorithm of a registered key',
          ...(header.alg === 'none'
            ? { hint: 'alg "none" is no signature: anybody could have written it.' }
            : {}),
        },
})
