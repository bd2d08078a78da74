import { grantedScopes, type ScopeFacts, scopeChecks } from '../../../shared/protocol/checks/scope/index.ts'
import { parseScope } from '../../../shared/protocol/scope.ts'
import type { ClientRecord } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import type { UserRecord } from '../store/users.ts'
import { check, type RequestContext } from './context.ts'

/**
 * The scopes a request is granted: those it names, or the client's defaults when it names none.
 *
 * @throws OAuthError invalid_scope
 */
export function grantScopes(
  context: RequestContext,
  { value, client, user }: { value: string | undefined; client: ClientRecord; user: UserRecord | null },
): string[] {
  const named = parseScope(value)
  const facts: ScopeFacts = {
    value,
    requested: named?.length === 0 ? client.defaultScopes : named,
    known: listScopes(context.core.database.read).map(({ name }) => name),
    clientId: client.id,
    allowedForClient: client.allowedScopes,
    allowedForUser: user?.allowedScopes ?? null,
  }
  check(context, scopeChecks, facts)
  return grantedScopes(facts)
}
