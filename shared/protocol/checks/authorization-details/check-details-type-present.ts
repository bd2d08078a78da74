import { type Check, pass } from '../../check.ts'
import { shown } from '../../jwt.ts'
import { type AuthorizationDetailsFacts, invalidDetails } from './facts.ts'

export const checkDetailsTypePresent: Check<Pick<AuthorizationDetailsFacts, 'details'>> = {
  id: 'authorization-details.type-present',
  title: 'Each element of authorization_details has a type',
  spec: 'RFC 9396 2',
  run: ({ details }) => {
    const wrong = details.findIndex(({ type }) => typeof type !== 'string' || type === '')
    return wrong < 0
      ? pass()
      : {
          ...invalidDetails('An element of authorization_details has no type'),
          observed: `element ${wrong + 1}: type ${shown(details[wrong]?.type)}`,
          expected: 'type: the name of a kind of authorization',
        }
  },
}
