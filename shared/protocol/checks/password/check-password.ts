import { type Check, pass } from '../../check.ts'
import type { UserFacts } from './facts.ts'

/** On the wire a wrong name and a wrong password are the same; the trace tells them apart. */
export const checkPassword = (description: string): Check<UserFacts> => ({
  id: 'password.right',
  title: 'The password is right',
  spec: 'RFC 6749 4.3.2, 5.2',
  run: ({ username, user, passwordMatches }) =>
    passwordMatches
      ? pass('matches the stored hash')
      : {
          error: 'invalid_grant',
          description,
          observed: user ? `a password that is not that of ${username}` : `no user is named ${username}`,
          expected: 'the name and password of a user',
          ...(user ? {} : { hint: 'See Users for the names this workspace knows.' }),
        },
})
