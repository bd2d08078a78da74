import { type Check, pass } from '../../check.ts'
import { beyond, type ScopeFacts } from './facts.ts'

export const checkScopeKnown: Check<ScopeFacts> = {
  id: 'scope.known',
  title: 'Every scope exists',
  spec: 'RFC 6749 3.3, 5.2',
  levels: { lenient: 'warn' },
  run: ({ requested, known }) => {
    const unknown = beyond(requested, known)
    if (unknown.length === 0) return pass()
    return {
      error: 'invalid_scope',
      description: `Unknown scope ${unknown.join(' ').slice(0, 200)}`,
      observed: unknown.join(' '),
      expected: `of ${known.join(' ')}`,
      hint: 'Add the scope in Clients & scopes, or mend its name.',
    }
  },
}
