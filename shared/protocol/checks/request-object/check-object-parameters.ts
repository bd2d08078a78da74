import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { objectRefusal, type RequestObjectFacts } from './facts.ts'

export const checkObjectParameters: Check<Pick<RequestObjectFacts, 'parameterProblem'>> = {
  id: 'request-object.parameters',
  title: 'Every member of the request object can be a parameter',
  spec: 'RFC 9101 4',
  run: ({ parameterProblem }) =>
    parameterProblem === null
      ? pass()
      : {
          ...objectRefusal,
          description: 'The request object holds what cannot be a parameter',
          observed: printable(parameterProblem),
          expected: 'text, numbers, true or false, and JSON that is not nested deeply; at most 200 members',
        },
}
