import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type UpdateFacts } from './facts.ts'

export const checkUpdateClientId: Check<UpdateFacts> = {
  id: 'registration.update-client-id',
  title: 'An update names the client_id it is for',
  spec: 'RFC 7592 2.2',
  run: ({ clientId, registered }) =>
    clientId === registered.clientId
      ? pass(clientId)
      : {
          ...invalidMetadata,
          description: 'client_id must be there and be the one of the client',
          observed: clientId === undefined ? 'no client_id' : `client_id ${listed([clientId])}`,
          expected: `client_id ${registered.clientId}`,
        },
}
