import { type Check, pass } from '../../check.ts'
import type { ProvenClientFacts } from './facts.ts'

export const checkClientProven: Check<ProvenClientFacts> = {
  id: 'token.client-proven',
  title: 'A client that asks for itself proves who it is',
  spec: 'RFC 6749 4.4, 4.4.2',
  levels: { lenient: 'warn' },
  run: ({ grantType, clientId, method }) =>
    grantType === 'client_credentials' && method === 'none'
      ? {
          error: 'unauthorized_client',
          description: 'A public client may not use the grant_type client_credentials',
          observed: `${clientId} without a secret or key`,
          expected: 'a confidential client',
          hint: 'Anybody who knows the client_id could get this token: give the client a secret or a key.',
        }
      : pass(method),
}
