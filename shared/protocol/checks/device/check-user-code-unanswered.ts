import { type Check, pass } from '../../check.ts'
import type { UserCodeFacts } from './facts.ts'

export const checkUserCodeUnanswered: Check<UserCodeFacts> = {
  id: 'user-code.unanswered',
  title: 'The user has not answered this device yet',
  spec: 'RFC 8628 3.3, 5.1',
  run: ({ record }) =>
    record && (record.grantId !== null || record.deniedAt !== null)
      ? {
          error: 'invalid_request',
          description: 'This code was used before',
          observed: record.grantId === null ? 'a code that was denied' : 'a code that was allowed',
          expected: 'a code that waits for its user',
          hint: 'Start again on your device.',
        }
      : pass(),
}
