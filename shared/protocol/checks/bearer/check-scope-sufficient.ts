import { type Check, pass } from '../../check.ts'
import type { ResourceFacts } from './facts.ts'

export const checkScopeSufficient: Check<ResourceFacts> = {
  id: 'bearer.scope-sufficient',
  title: 'The token has the scope the route wants',
  spec: 'RFC 6750 3.1',
  run: ({ requiredScope, granted }) =>
    granted.includes(requiredScope)
      ? pass(granted.join(' '))
      : {
          error: 'insufficient_scope',
          status: 403,
          description: `Scope ${requiredScope} required`,
          challenge: `Bearer error="insufficient_scope", scope="${requiredScope}"`,
          observed: granted.length > 0 ? granted.join(' ') : 'no scope at all',
          expected: requiredScope,
          hint: `Ask for it: scope=${requiredScope} in the token request.`,
        },
}
