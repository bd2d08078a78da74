import { type Check, pass } from '../../check.ts'
import { type FetchedFacts, fetchedRefusal } from './facts.ts'

export const checkReferenceFetched: Check<FetchedFacts> = {
  id: 'request-uri.fetched',
  title: 'A request object can be fetched from the request_uri',
  spec: 'RFC 9101 5.2.3, 6.1, 7',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          ...fetchedRefusal,
          observed: problem,
          expected:
            'status 200 with the request object and no more, within 5 seconds and 64 KiB, without a redirect',
        },
}
