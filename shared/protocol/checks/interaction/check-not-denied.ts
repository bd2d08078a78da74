import { type Check, pass } from '../../check.ts'
import type { DecisionFacts } from './facts.ts'

export const checkNotDenied: Check<DecisionFacts> = {
  id: 'interaction.not-denied',
  title: 'The user allows it',
  spec: 'RFC 6749 4.1.2.1',
  run: ({ decision, clientId }) =>
    decision === 'deny'
      ? {
          error: 'access_denied',
          description: 'The user denied the request',
          observed: `the user does not let ${clientId} in`,
          expected: 'consent',
        }
      : pass(decision),
}
