import type { Client } from '../../../shared/contract/operations/clients.ts'
import type { User } from '../../../shared/contract/operations/users.ts'

/** Why the issuer will refuse these scopes, one sentence for each party; none when it will not. */
export function notGrantable(
  scopes: readonly string[],
  client: Pick<Client, 'id' | 'allowedScopes'> | undefined,
  user: Pick<User, 'username' | 'allowedScopes'> | null,
): string[] {
  const beyond = (allowed: readonly string[] | null | undefined) =>
    allowed ? scopes.filter((name) => !allowed.includes(name)).join(' ') : ''
  const ofClient = beyond(client?.allowedScopes)
  const ofUser = beyond(user?.allowedScopes)
  return [
    ...(ofClient ? [`${client?.id} may not get ${ofClient}; it would be refused.`] : []),
    ...(ofUser ? [`${user?.username} may not be granted ${ofUser}; it would be refused.`] : []),
  ]
}
