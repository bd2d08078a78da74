import { parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseTypeRegistered: Check<ResponseFacts> = {
  id: 'authorize.response-type-registered',
  title: 'The client is registered for this response_type',
  spec: 'RFC 6749 4.1.2.1, RFC 7591 2',
  run: ({ clientId, responseType = '', registeredResponseTypes }) => {
    const known = parseResponseType(responseType)
    if (known !== null && registeredResponseTypes.includes(known)) return pass(known)
    return {
      error: 'unauthorized_client',
      description: `The client may not use response_type=${known}`,
      observed: `${clientId} asks for ${known}`,
      expected: registeredResponseTypes.join(', '),
      hint: 'Add it to the response types of the client in Clients & scopes.',
    }
  },
}
