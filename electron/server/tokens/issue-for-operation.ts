import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Core } from '../core.ts'
import { existingIssuer, publicUrl } from '../issuers.ts'
import { findClient } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import { findUser } from '../store/users.ts'
import { issueTokens, type TokenResponse } from './issue.ts'

/**
 * Tokens without a login, for the workbench and scripts, stored like any others. A scope that client or user may not have is
 * refused, whatever the profile: whoever asks here named it on purpose.
 *
 * @throws ContractError `not_found` or `refused`
 */
export async function issueForOperation(
  core: Core,
  input: ParsedInputOf<'tokens.issue'>,
): Promise<TokenResponse> {
  const { read } = core.database
  const issuerName = existingIssuer(core, input.issuer)
  const clientId = input.clientId ?? core.settings().defaultClientId
  const client = findClient(read, clientId)
  if (!client) throw notFound('client', clientId)
  const user = input.userId === undefined ? null : findUser(read, input.userId)
  if (user === undefined) throw notFound('user', input.userId!)
  if (user && !user.active) throw new ContractError('refused', `User "${user.username}" is inactive.`)
  const issuer = publicUrl(core, issuerName)
  if (!issuer)
    throw new ContractError('refused', 'The issuer is not listening, so it has no URL to issue tokens under.')
  const scopes = input.scopes.length > 0 ? input.scopes : client.defaultScopes
  refuseBeyond(
    scopes,
    listScopes(read).map(({ name }) => name),
    'There is no scope',
  )
  refuseBeyond(scopes, client.allowedScopes, `Client "${client.id}" may not get the scope`)
  refuseBeyond(scopes, user?.allowedScopes ?? null, `User "${user?.username}" may not be granted the scope`)
  const issued = await issueTokens(core, {
    issuer,
    issuerName,
    client,
    user,
    scopes,
    refreshable: user !== null,
    ...(input.lifetime === undefined ? {} : { lifetime: input.lifetime }),
  })
  return issued.response
}

function refuseBeyond(scopes: string[], allowed: string[] | null, sentence: string): void {
  const refused = allowed === null ? [] : scopes.filter((name) => !allowed.includes(name))
  if (refused.length > 0) throw new ContractError('refused', `${sentence} "${refused.join(' ')}".`)
}
