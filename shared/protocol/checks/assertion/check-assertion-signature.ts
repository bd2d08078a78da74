import { type Check, pass } from '../../check.ts'
import { ASSERTION, type AssertionFacts, type AssertionRefusal } from './facts.ts'

export const checkAssertionSignature = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.signature',
  title: `The client signed the ${what}`,
  spec: 'RFC 7523 3, RFC 7515 5.2',
  run: ({ signature, reason }) =>
    signature === 'valid'
      ? pass(reason)
      : {
          ...refusal,
          description: `The signature of the ${what} is not valid`,
          observed: reason,
          expected: "a signature with the client's registered key, or its secret",
          hint:
            signature === 'unknown_key'
              ? 'Send the kid of a registered key, or register this one.'
              : 'The key pair of client and registration differ, or the JWT was changed after it was signed.',
        },
})
