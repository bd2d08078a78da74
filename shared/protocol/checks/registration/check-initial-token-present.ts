import { type Check, pass } from '../../check.ts'
import type { RegistrationTokenFacts } from './facts.ts'

export const checkInitialTokenPresent: Check<RegistrationTokenFacts> = {
  id: 'registration.initial-token-present',
  title: 'A registration brings an initial access token',
  spec: 'RFC 7591 3, RFC 6750 3.1',
  run: ({ token }) =>
    token !== null
      ? pass()
      : {
          error: 'invalid_token',
          status: 401,
          description: 'Registration needs an initial access token',
          challenge: 'Bearer',
          observed: 'no Authorization: Bearer header',
          expected: 'Authorization: Bearer <initial access token>',
          hint: 'Registration is protected. Make a token in the workbench, or open registration in the settings.',
        },
}
