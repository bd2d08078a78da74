import { type Check, pass } from '../../check.ts'
import { type AuthorizationDetailsFacts, invalidDetails, typesOf } from './facts.ts'

export const checkDetailsReadable: Check<Pick<AuthorizationDetailsFacts, 'problem' | 'details'>> = {
  id: 'authorization-details.readable',
  title: 'authorization_details is a JSON array of objects',
  spec: 'RFC 9396 2, 5',
  run: ({ problem, details }) =>
    problem === null
      ? pass(typesOf(details))
      : {
          ...invalidDetails('authorization_details is not a JSON array of objects'),
          observed: problem.slice(0, 200),
          expected: 'an array of objects, each with a type',
          hint: 'In a query or form the JSON is percent-encoded once, and one object alone is still an array.',
        },
}
