import { type Check, pass } from '../../check.ts'
import { type ObjectFormFacts, objectRefusal } from './facts.ts'

export const checkObjectReadable: Check<ObjectFormFacts> = {
  id: 'request-object.readable',
  title: 'The request object is a signed JWT',
  spec: 'RFC 9101 4, 6, RFC 7515 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          ...objectRefusal,
          description: 'The request object is not a signed JWT',
          observed: problem,
          expected: 'header.payload.signature, each base64url',
        },
}
