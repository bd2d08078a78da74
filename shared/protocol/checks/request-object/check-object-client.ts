import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectClient: Check<Pick<RequestObjectFacts, 'claims' | 'clientId'>> = {
  id: 'request-object.client',
  title: 'client_id inside the request object is the one beside it',
  spec: 'RFC 9101 5, 6.3',
  run: ({ claims: { client_id }, clientId }) =>
    client_id === undefined || client_id === clientId
      ? pass(shown(client_id))
      : {
          ...objectRefusal,
          description: 'client_id of the request object is another client',
          observed: `client_id ${shown(client_id)}`,
          expected: `client_id "${clientId}"`,
        },
}
