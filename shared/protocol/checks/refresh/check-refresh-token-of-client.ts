import { type Check, pass } from '../../check.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenOfClient: Check<RefreshFacts> = {
  id: 'refresh.token-of-client',
  title: 'The refresh token was issued to this client',
  spec: 'RFC 6749 6, 10.4',
  run: ({ record, clientId }) =>
    record === null || clientId === null || record.clientId === clientId
      ? pass()
      : {
          error: 'invalid_grant',
          description: 'The refresh token was issued to another client',
          observed: `client ${clientId}`,
          expected: `client ${record.clientId}`,
        },
}
