import { type Check, pass } from '../../check.ts'
import type { BodyFacts } from './facts.ts'

export const checkForm: Check<BodyFacts> = {
  id: 'request.form',
  title: 'The form is well formed and holds each parameter once',
  spec: 'RFC 6749 3.2',
  run: ({ problem }) =>
    problem
      ? {
          error: 'invalid_request',
          description: problem.description,
          observed: problem.observed,
          expected: problem.expected,
        }
      : pass(),
}
