import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkClientMayUseCode: Check<ResponseFacts> = {
  id: 'authorize.client-may-use-code',
  title: 'Who asks for a code is registered for the authorization code grant',
  spec: 'RFC 6749 4.1.2.1',
  run: ({ clientId, grantTypes, responseType = '' }) => {
    if (!responseType.split(' ').includes('code')) return pass('no code is asked for')
    if (grantTypes.includes('authorization_code')) return pass('authorization_code')
    return {
      error: 'unauthorized_client',
      description: `The client may not use response_type=${responseType}`,
      observed: `${clientId} asks for a code`,
      expected: grantTypes.join(', ') || 'no grant type at all',
      hint: 'Tick "Authorization code" in Clients & scopes.',
    }
  },
}
