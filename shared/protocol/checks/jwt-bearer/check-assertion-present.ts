import { type Check, pass } from '../../check.ts'

export interface AssertionParameterFacts {
  assertion: string | undefined
}

export const checkAssertionPresent: Check<AssertionParameterFacts> = {
  id: 'jwt-bearer.assertion-present',
  title: 'assertion is there',
  spec: 'RFC 7523 2.1, RFC 7521 4.1',
  run: ({ assertion }) =>
    assertion === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter assertion is missing',
          observed: 'no assertion',
          expected: 'a JWT the client signed, about the user it wants a token for',
        }
      : pass(),
}
