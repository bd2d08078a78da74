import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { type ClientFacts, clientRefusal } from './facts.ts'

export const checkKnown: Check<ClientFacts> = {
  id: 'client.known',
  title: 'The client is registered',
  spec: 'RFC 6749 2.2, 5.2',
  run: (facts) =>
    facts.client
      ? pass(facts.clientId)
      : {
          ...clientRefusal,
          description: 'Unknown client',
          observed: `client_id ${printable(facts.clientId)}`,
          expected: 'the client_id of a registered client',
          hint: 'See Clients & scopes for the registered ones, or add this one there.',
        },
}
