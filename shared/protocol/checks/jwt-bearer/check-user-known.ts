import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'

export interface AssertionUserFacts {
  subject: string
  /** Null when nobody of the workspace is meant. */
  userId: string | null
}

export const checkUserKnown: Check<AssertionUserFacts> = {
  id: 'jwt-bearer.user-known',
  title: 'sub of the assertion is a user',
  spec: 'RFC 7523 3, RFC 7521 4.1.1',
  run: ({ subject, userId }) =>
    userId === null
      ? {
          error: 'invalid_grant',
          description: 'sub of the assertion is no user',
          observed: `sub ${printable(subject)}`,
          expected: 'the id or username of a user of the workspace',
          hint: 'See Users. A client that acts for itself uses the grant client_credentials.',
        }
      : pass(userId),
}
