import { checkScopeAllowedForClient } from './check-scope-allowed-for-client.ts'
import { checkScopeAllowedForUser } from './check-scope-allowed-for-user.ts'
import { checkScopeKnown } from './check-scope-known.ts'
import { checkScopeSyntax } from './check-scope-syntax.ts'
import { beyond, type ScopeFacts } from './facts.ts'

export type { ScopeFacts } from './facts.ts'

export const scopeChecks = [
  checkScopeSyntax,
  checkScopeKnown,
  checkScopeAllowedForClient,
  checkScopeAllowedForUser,
] as const

/** What is granted of what was asked for, once the checks have let it pass. */
export function grantedScopes(facts: ScopeFacts): string[] {
  const refused = [facts.known, facts.allowedForClient, facts.allowedForUser].flatMap((allowed) =>
    beyond(facts.requested, allowed),
  )
  return (facts.requested ?? []).filter((name) => !refused.includes(name))
}
