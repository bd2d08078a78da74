import { type Check, pass } from '../../check.ts'
import type { EnrolmentFacts } from './facts.ts'

export const checkEnrolled: Check<EnrolmentFacts> = {
  id: 'second-factor.enrolled',
  title: 'The user has a second factor, set up or being set up',
  spec: 'RFC 6238 4',
  run: ({ state }) =>
    state === 'off'
      ? {
          error: 'invalid_request',
          description: 'No second factor is set up',
          observed: 'second factor off',
          expected: 'POST /2fa/setup first',
        }
      : pass(state),
}
