import { type Check, pass } from '../../check.ts'
import type { EnrolmentFacts } from './facts.ts'

// Otherwise whoever has a token for a quarter of an hour could take the second factor over for good.
export const checkNotEnrolled: Check<EnrolmentFacts> = {
  id: 'second-factor.not-enrolled',
  title: 'The second factor is not on already',
  spec: 'RFC 6238 5.1',
  run: ({ state }) =>
    state === 'on'
      ? {
          error: 'invalid_request',
          description: 'The second factor is already on',
          observed: 'second factor on',
          expected: 'off, or waiting for its first code',
          hint: 'Reset it in Users first.',
        }
      : pass(state),
}
