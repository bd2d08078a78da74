import { type Check, pass } from '../../check.ts'
import type { ProvenClientFacts } from './facts.ts'

export const checkPasswordKept: Check<Pick<ProvenClientFacts, 'grantType' | 'clientId'>> = {
  id: 'token.password-kept',
  title: 'The password of a user is not given to the client',
  spec: 'RFC 9700 2.4',
  levels: { standard: 'off', lenient: 'off' },
  run: ({ grantType, clientId }) =>
    grantType === 'password'
      ? {
          error: 'unsupported_grant_type',
          description: 'The grant_type password is not spoken here',
          observed: `${clientId} sends the password of a user`,
          expected: 'grant_type=authorization_code, or the device grant where there is no browser',
          hint: 'Whoever takes passwords can lose them, and shuts out a second factor. OAuth 2.1 has no such grant.',
        }
      : pass(grantType),
}
