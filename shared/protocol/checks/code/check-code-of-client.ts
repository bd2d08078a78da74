import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodeOfClient: Check<CodeFacts> = {
  id: 'code.of-client',
  title: 'The code was given to this client',
  spec: 'RFC 6749 4.1.3, 10.5',
  run: ({ record, clientId }) =>
    record?.clientId === clientId
      ? pass(clientId)
      : {
          error: 'invalid_grant',
          description: 'The authorization code was issued to another client',
          observed: `client ${clientId}`,
          expected: `client ${record?.clientId}`,
        },
}
