import { type Check, pass } from '../../check.ts'
import type { ClientAndRedirectFacts } from './facts.ts'

export const checkClientIdPresent: Check<ClientAndRedirectFacts> = {
  id: 'authorize.client-id-present',
  title: 'client_id is there',
  spec: 'RFC 6749 4.1.1, 4.1.2.1',
  run: ({ clientId }) =>
    clientId === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter client_id is missing',
          observed: 'no client_id',
          expected: 'the client_id of a registered client',
        }
      : pass(clientId),
}
