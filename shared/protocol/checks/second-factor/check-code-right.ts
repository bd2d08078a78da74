import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { VerificationFacts } from './facts.ts'

const observations = {
  wrong: "a code that none of the time steps around the issuer's clock gives",
  replayed: 'a right code that was used before, or one older than it',
}

export const checkCodeRight: Check<VerificationFacts> = {
  id: 'second-factor.code-right',
  title: 'The code is right, of now, and used for the first time',
  spec: 'RFC 6238 5.2',
  run: ({ outcome, now }) =>
    outcome === 'wrong' || outcome === 'replayed'
      ? {
          error: 'invalid_grant',
          status: 401,
          description: 'Invalid 2FA code',
          challenge: 'Bearer',
          observed: observations[outcome],
          expected: `the code of ${iso(now)}, 30 seconds either way`,
        }
      : pass(),
}
