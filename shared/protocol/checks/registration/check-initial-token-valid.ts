import { type Check, pass } from '../../check.ts'
import type { RegistrationTokenFacts } from './facts.ts'

export const checkInitialTokenValid: Check<RegistrationTokenFacts> = {
  id: 'registration.initial-token-valid',
  title: 'The initial access token is one this issuer gave out, and has not expired',
  spec: 'RFC 7591 3, RFC 6750 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          error: 'invalid_token',
          status: 401,
          description: 'The initial access token is not valid',
          challenge:
            'Bearer error="invalid_token", error_description="The initial access token is not valid"',
          observed: problem,
          expected: 'an initial access token made for this issuer in the workbench',
        },
}
