import { type Check, pass } from '../../check.ts'
import type { ClientGrantFacts } from './facts.ts'

export const checkClientMayUseGrant: Check<ClientGrantFacts> = {
  id: 'token.client-may-use-grant',
  title: 'The client is registered for this grant_type',
  spec: 'RFC 6749 5.2',
  run: ({ grantType, clientId, registered }) =>
    registered.includes(grantType)
      ? pass(grantType)
      : {
          error: 'unauthorized_client',
          description: `The client may not use the grant_type ${grantType}`,
          observed: `${clientId} asks for ${grantType}`,
          expected: registered.join(', ') || 'no grant type at all',
          hint: 'Tick the grant type in Clients & scopes.',
        },
}
