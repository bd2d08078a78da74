import { type Check, pass } from '../../check.ts'
import { type FetchedFacts, fetchedRefusal } from './facts.ts'

const types = ['application/oauth-authz-req+jwt', 'application/jwt']

export const checkReferenceMediaType: Check<FetchedFacts> = {
  id: 'request-uri.media-type',
  title: 'What a request_uri leads to calls itself a request object, or a JWT',
  spec: 'RFC 9101 5.2.3',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ mediaType }) =>
    types.includes(mediaType)
      ? pass(mediaType)
      : {
          ...fetchedRefusal,
          observed: mediaType === '' ? 'no Content-Type' : `Content-Type ${mediaType}`,
          expected: types.join(', or '),
        },
}
