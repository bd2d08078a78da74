import { depthOf } from '../../authorization-details.ts'
import { type Check, pass } from '../../check.ts'
import {
  type AuthorizationDetailsFacts,
  DEEPEST_DETAILS,
  invalidDetails,
  LONGEST_DETAILS,
  MOST_DETAILS,
} from './facts.ts'

export const checkDetailsBounded: Check<Pick<AuthorizationDetailsFacts, 'size' | 'details'>> = {
  id: 'authorization-details.bounded',
  title: 'authorization_details is of a size that a token can carry',
  spec: 'RFC 9396 11.2, 12',
  run: ({ size, details }) => {
    const depth = depthOf(details, DEEPEST_DETAILS)
    const observed = `${size} characters, ${details.length} elements${depth > DEEPEST_DETAILS ? ', nested too deeply' : ''}`
    return size <= LONGEST_DETAILS && details.length <= MOST_DETAILS && depth <= DEEPEST_DETAILS
      ? pass(observed)
      : {
          ...invalidDetails('authorization_details is too large'),
          observed,
          expected: `at most ${LONGEST_DETAILS} characters, ${MOST_DETAILS} elements, ${DEEPEST_DETAILS} levels`,
        }
  },
}
