import { type Check, pass } from '../../check.ts'
import { requestUriProblem } from '../../request-uri.ts'
import { invalidMetadata, listed, type MetadataFacts, texts } from './facts.ts'

export const checkRequestUris: Check<MetadataFacts> = {
  id: 'registration.request-uris',
  title: 'Each of request_uris is https, or on this machine',
  spec: 'OpenID Connect Registration 2, RFC 9101 5.2',
  run: ({ requestUris }) => {
    const wrong = requestUris.filter((uri) => typeof uri !== 'string' || requestUriProblem(uri) !== null)
    const [problem] = texts(wrong).map(requestUriProblem)
    return wrong.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: `One of request_uris ${problem ?? 'is no text'}`,
          observed: listed(wrong),
          expected: 'https, or http on a loopback address, of 512 characters at most',
          hint: 'The issuer itself fetches what is there, so it goes nowhere else.',
        }
  },
}
