import { type Check, pass } from '../../check.ts'
import type { AssertionFacts, AssertionRefusal } from './facts.ts'

export const checkAssertionReadable = (
  refusal: AssertionRefusal,
): Check<Pick<AssertionFacts, 'problem'>> => ({
  id: 'assertion.readable',
  title: 'The assertion is a signed JWT',
  spec: 'RFC 7523 3, RFC 7515 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          ...refusal,
          description: 'The assertion is not a signed JWT',
          observed: problem,
          expected: 'header.payload.signature, each base64url',
        },
})
