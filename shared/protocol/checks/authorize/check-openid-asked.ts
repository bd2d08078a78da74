import { asksFor, parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { formatScope } from '../../scope.ts'
import type { ResponseFacts } from './facts.ts'

export const checkOpenidAsked: Check<ResponseFacts> = {
  id: 'authorize.openid-asked',
  title: 'Who asks for an ID token asks for the scope openid',
  spec: 'OpenID Connect Core 3.2.2.1, 3.1.2.1',
  run: ({ responseType = '', scopes }) => {
    const known = parseResponseType(responseType)
    if (known === null || !asksFor(known, 'id_token') || scopes.includes('openid')) return pass()
    return {
      error: 'invalid_request',
      description: `response_type=${known} needs the scope openid`,
      observed: scopes.length === 0 ? 'no scope' : formatScope(scopes),
      expected: 'openid among the scopes',
    }
  },
}
