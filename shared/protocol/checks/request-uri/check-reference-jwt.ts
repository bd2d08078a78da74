import { type Check, pass } from '../../check.ts'
import { type FetchedFacts, fetchedRefusal } from './facts.ts'

export const checkReferenceJwt: Check<FetchedFacts> = {
  id: 'request-uri.jwt',
  title: 'What a request_uri leads to is a JWT',
  spec: 'RFC 9101 5.2.3, 7',
  run: ({ isJwt }) =>
    isJwt
      ? pass()
      : {
          ...fetchedRefusal,
          observed: 'something else; the exchange after this one in the trace shows it',
          expected: 'a request object and nothing else: a signed JWT, or an encrypted one',
        },
}
