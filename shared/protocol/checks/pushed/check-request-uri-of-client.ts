import { type Check, pass } from '../../check.ts'
import type { PushedFacts } from './facts.ts'

export const checkRequestUriOfClient: Check<PushedFacts> = {
  id: 'pushed.request-uri-of-client',
  title: 'The request_uri was given to the client that client_id names',
  spec: 'RFC 9126 2.2, 4, RFC 9101 5',
  run: ({ record, clientId }) =>
    record?.clientId === clientId
      ? pass(clientId)
      : {
          error: 'invalid_request_uri',
          description: 'The request_uri belongs to another client',
          observed: clientId === undefined ? 'no client_id' : `client ${clientId}`,
          expected: `client ${record?.clientId}`,
        },
}
