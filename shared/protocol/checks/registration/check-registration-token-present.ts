import { type Check, pass } from '../../check.ts'
import type { RegistrationTokenFacts } from './facts.ts'

export const checkRegistrationTokenPresent: Check<RegistrationTokenFacts> = {
  id: 'registration.registration-token-present',
  title: 'A client manages itself with its registration access token',
  spec: 'RFC 7592 2, RFC 6750 3.1',
  run: ({ token }) =>
    token !== null
      ? pass()
      : {
          error: 'invalid_token',
          status: 401,
          description: 'Not authenticated',
          challenge: 'Bearer',
          observed: 'no Authorization: Bearer header',
          expected: 'Authorization: Bearer <registration_access_token>',
        },
}
