import { type Check, pass } from '../../check.ts'

export interface OwnershipFacts {
  clientId: string
  /** Client the token was issued to; null for a token nobody knows, which needs no revoking. */
  issuedTo: string | null
}

export const checkTokenOfClient: Check<OwnershipFacts> = {
  id: 'revocation.token-of-client',
  title: 'The client revokes a token of its own',
  spec: 'RFC 7009 2.1',
  run: ({ clientId, issuedTo }) =>
    issuedTo === null || issuedTo === clientId
      ? pass(issuedTo ?? 'an unknown token')
      : {
          error: 'invalid_grant',
          description: 'The token was issued to another client',
          observed: `client ${clientId}`,
          expected: `client ${issuedTo}`,
        },
}
