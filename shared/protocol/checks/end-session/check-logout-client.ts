import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { EndSessionFacts } from './facts.ts'

export const checkLogoutClient: Check<EndSessionFacts> = {
  id: 'end-session.client',
  title: 'client_id is a registered client, and the one of the id_token_hint',
  spec: 'OpenID Connect RP-Initiated Logout 2',
  run: ({ hint, clientId, client }) => {
    if (clientId === undefined) return pass(client ? client.id : 'left out')
    if (client && (!hint || hint.clientId === clientId)) return pass(clientId)
    return {
      error: 'invalid_request',
      description: client
        ? 'id_token_hint was issued to another client'
        : `Unknown client ${printable(clientId)}`,
      observed: `client_id ${printable(clientId)}`,
      expected: hint ? `client_id ${hint.clientId}` : 'the client_id of a registered client',
    }
  },
}
