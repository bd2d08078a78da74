import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ClientFacts } from './facts.ts'

export const checkOneClient: Check<ClientFacts> = {
  id: 'client.one-client',
  title: 'The request names one client only',
  spec: 'RFC 6749 2.3, 3.2.1, RFC 7521 4.2',
  levels: { lenient: 'warn' },
  run: ({ clientId, bodyClientId, method }) =>
    bodyClientId === null || bodyClientId === clientId
      ? pass(clientId)
      : {
          error: 'invalid_request',
          description: 'client_id differs from the client that authenticated',
          observed: `${printable(clientId)} by ${method.endsWith('_jwt') ? 'assertion' : 'Basic'}, ${printable(bodyClientId)} as client_id`,
          expected: 'the same client, or no client_id in the body',
        },
}
