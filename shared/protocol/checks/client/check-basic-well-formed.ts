import { type Check, pass } from '../../check.ts'
import { type ClientFacts, clientRefusal } from './facts.ts'

export const checkBasicWellFormed: Check<ClientFacts> = {
  id: 'client.basic-well-formed',
  title: 'The Basic credentials can be read',
  spec: 'RFC 6749 2.3.1, RFC 7617 2',
  run: (facts) =>
    facts.wellFormed
      ? pass()
      : {
          ...clientRefusal,
          description: 'The Authorization header does not hold readable Basic credentials',
          observed: 'an Authorization: Basic value that is not base64 of UTF-8 text with a colon',
          expected: 'base64 of form-encoded client_id ":" form-encoded client_secret',
        },
}
