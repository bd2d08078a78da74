import { type Check, pass } from '../../check.ts'
import type { PresentationFacts } from './facts.ts'

const description = 'The token may only be sent in the Authorization header'

// RFC 9700 4.3.2 forbids the query, where tokens end up in logs and histories; the form parameter is as good as unused.
export const checkOnePlace: Check<PresentationFacts> = {
  id: 'bearer.one-place',
  title: 'The token is sent in the Authorization header alone',
  spec: 'RFC 6750 2, RFC 9700 4.3.2',
  run: ({ places }) =>
    places.every((place) => place === 'header')
      ? pass()
      : {
          error: 'invalid_request',
          status: 400,
          description,
          challenge: `Bearer error="invalid_request", error_description="${description}"`,
          observed: `access_token in the ${places.filter((place) => place !== 'header').join(' and the ')}`,
          expected: 'Authorization: Bearer <token>',
        },
}
