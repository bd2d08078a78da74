import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ClientAndRedirectFacts } from './facts.ts'

export const checkClientKnown: Check<ClientAndRedirectFacts> = {
  id: 'authorize.client-known',
  title: 'The client is registered',
  spec: 'RFC 6749 4.1.2.1',
  run: ({ clientId = '', client }) =>
    client
      ? pass(clientId)
      : {
          error: 'invalid_request',
          description: `Unknown client ${printable(clientId)}`,
          observed: `client_id ${printable(clientId)}`,
          expected: 'the client_id of a registered client',
          hint: 'See Clients & scopes for the registered ones, or add this one there.',
        },
}
