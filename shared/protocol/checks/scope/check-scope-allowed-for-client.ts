import { type Check, pass } from '../../check.ts'
import { beyond, type ScopeFacts } from './facts.ts'

export const checkScopeAllowedForClient: Check<ScopeFacts> = {
  id: 'scope.allowed-for-client',
  title: 'The client may get every scope it asks for',
  spec: 'RFC 6749 3.3, 5.2',
  levels: { lenient: 'warn' },
  run: ({ requested, clientId, allowedForClient }) => {
    const refused = beyond(requested, allowedForClient)
    if (refused.length === 0) return pass()
    return {
      error: 'invalid_scope',
      description: `The client may not get the scope ${refused.join(' ').slice(0, 200)}`,
      observed: `${clientId} asks for ${refused.join(' ')}`,
      expected: `of ${allowedForClient?.join(' ') || 'none'}`,
      hint: 'Switch the scope on for this client in Clients & scopes.',
    }
  },
}
