import { type Check, pass } from '../../check.ts'
import { beyond, type ScopeFacts } from './facts.ts'

// RFC 6749 3.3 lets the issuer grant less than was asked for, as long as the answer says so: hence a warning by default.
export const checkScopeAllowedForUser: Check<ScopeFacts> = {
  id: 'scope.allowed-for-user',
  title: 'The user may be granted every scope that was asked for',
  spec: 'RFC 6749 3.3',
  levels: { standard: 'warn', lenient: 'warn' },
  run: ({ requested, allowedForUser }) => {
    const refused = beyond(requested, allowedForUser)
    if (refused.length === 0) return pass()
    return {
      error: 'invalid_scope',
      description: `The user may not be granted the scope ${refused.join(' ').slice(0, 200)}`,
      observed: refused.join(' '),
      expected: `of ${allowedForUser?.join(' ') || 'none'}`,
      hint: 'The answer names the scopes that were granted: a client must read them (RFC 6749 5.1).',
    }
  },
}
