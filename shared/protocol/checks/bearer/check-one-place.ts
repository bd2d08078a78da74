import { type Check, pass } from '../../check.ts'
import type { PresentationFacts } from './facts.ts'

const refused = (description: string) => ({
  error: 'invalid_request' as const,
  status: 400,
  description,
  challenge: `Bearer error="invalid_request", error_description="${description}"`,
})

// RFC 9700 4.3.2 forbids the query, where tokens end up in logs and histories. A form is looked into only where it is taken.
export const checkOnePlace: Check<PresentationFacts> = {
  id: 'bearer.one-place',
  title: 'The token is sent in one place, and not in the URL',
  spec: 'RFC 6750 2, RFC 9700 4.3.2',
  run({ places }) {
    const inQuery = places.includes('query')
    if (places.length <= 1 && !inQuery) return pass(places[0] && `in the ${places[0]}`)
    const further = places.filter((place) => place !== 'header')
    return {
      ...refused(
        inQuery
          ? 'The token may only be sent in the Authorization header'
          : 'The token may be sent in one place only',
      ),
      observed: `access_token in the ${inQuery ? further.join(' and the ') : places.join(' and the ')}`,
      expected: 'Authorization: Bearer <token>',
    }
  },
}
