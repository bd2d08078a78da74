import { type Check, pass } from '../../check.ts'
import { MAX_REQUEST_OBJECT } from '../../request-object.ts'
import { type ObjectFormFacts, objectRefusal } from './facts.ts'

export const checkObjectSize: Check<ObjectFormFacts> = {
  id: 'request-object.size',
  title: 'The request object is not larger than the issuer reads',
  spec: 'RFC 9101 10.2',
  run: ({ request }) =>
    request.length <= MAX_REQUEST_OBJECT
      ? pass(`${request.length} characters`)
      : {
          ...objectRefusal,
          description: `The request object has more than ${MAX_REQUEST_OBJECT} characters`,
          observed: `${request.length} characters`,
          expected: `at most ${MAX_REQUEST_OBJECT}`,
        },
}
