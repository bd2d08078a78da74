import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkClientMayUseCode: Check<ResponseFacts> = {
  id: 'authorize.client-may-use-code',
  title: 'The client is registered for the authorization code',
  spec: 'RFC 6749 4.1.2.1',
  run: ({ clientId, grantTypes }) =>
    grantTypes.includes('authorization_code')
      ? pass('authorization_code')
      : {
          error: 'unauthorized_client',
          description: 'The client may not use response_type=code',
          observed: `${clientId} asks for a code`,
          expected: grantTypes.join(', ') || 'no grant type at all',
          hint: 'Tick "Authorization code" in Clients & scopes.',
        },
}
