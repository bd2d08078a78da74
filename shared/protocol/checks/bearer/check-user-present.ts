import { type Check, pass } from '../../check.ts'
import { invalidToken, type UserPresentFacts } from './facts.ts'

export const checkUserPresent: Check<UserPresentFacts> = {
  id: 'bearer.user-present',
  title: 'The token speaks for a user',
  spec: 'RFC 9068 2.2, RFC 6749 4.4',
  run: ({ userId, clientId }) =>
    userId !== null
      ? pass(userId)
      : {
          ...invalidToken('Could not validate credentials'),
          observed: `a token ${clientId} got for itself`,
          expected: "a user's token",
          hint: 'Log a user in: grant_type=client_credentials knows no user.',
        },
}
