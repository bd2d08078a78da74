import { type Check, pass } from '../../check.ts'
import { ASSERTION, type AssertionFacts, type AssertionRefusal } from './facts.ts'

export const checkAssertionKeys = (
  refusal: AssertionRefusal,
  what: string = ASSERTION,
): Check<AssertionFacts> => ({
  id: 'assertion.keys',
  title: `There are keys to check the ${what}'s signature with`,
  spec: 'RFC 7523 3, RFC 7591 2',
  run: ({ keysProblem, algorithms }) =>
    keysProblem === null
      ? pass(algorithms.join(', '))
      : {
          ...refusal,
          description: `There is no key to check the ${what} with`,
          observed: keysProblem,
          expected: 'a registered jwks, a jwksUri that answers with a JWK Set, or a client secret for HMAC',
          hint: 'Register the public key in Clients & scopes.',
        },
})
