import { type Check, pass } from '../../check.ts'
import type { RegistrationTokenFacts } from './facts.ts'

export const checkRegistrationTokenValid: Check<RegistrationTokenFacts> = {
  id: 'registration.registration-token-valid',
  title: 'The registration access token is the one of this client',
  spec: 'RFC 7592 2, 5, RFC 6750 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          error: 'invalid_token',
          status: 401,
          description: 'The registration access token is not valid',
          challenge:
            'Bearer error="invalid_token", error_description="The registration access token is not valid"',
          observed: problem,
          expected: 'the registration_access_token the latest answer gave for this client',
        },
}
