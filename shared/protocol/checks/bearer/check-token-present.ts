import { type Check, pass } from '../../check.ts'
import type { PresentationFacts } from './facts.ts'

export const checkTokenPresent: Check<PresentationFacts> = {
  id: 'bearer.token-present',
  title: 'A bearer token is there',
  spec: 'RFC 6750 2.1, 3.1',
  run: ({ token, scheme, places }) =>
    token !== null
      ? pass(`in the ${places[0]}`)
      : {
          error: 'invalid_token',
          status: 401,
          description: 'Not authenticated',
          // RFC 6750 3.1: a request without any authentication is told the scheme and nothing else.
          challenge: 'Bearer',
          observed:
            scheme === null ? 'no Authorization header' : `an Authorization header of scheme ${scheme}`,
          expected: 'Authorization: Bearer <token>',
        },
}
