import { ContractError } from '../../../shared/contract/envelope.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import { setTokenScopes } from '../store/token-changes.ts'
import { type TokenRecord, tokenState } from '../store/tokens.ts'
import { findUser } from '../store/users.ts'
import { refuseBeyond } from './issue-for-operation.ts'
import { isOpaque } from './latest-end.ts'

/**
 * Changes what a live token is good for, where the issuer alone decides that: an opaque access token at once, a refresh token
 * for all that it will give. The rules of `tokens.issue` hold.
 *
 * @throws ContractError `refused`, saying why
 */
export function setScopes(
  core: Core,
  token: TokenRecord,
  scopes: readonly string[],
): { before: string[]; scopes: string[] } {
  refuseFixed(token, core.clock.now())
  const { read } = core.database
  const wanted = [...new Set(scopes)]
  const client = findClient(read, token.clientId)!
  const user = token.userId === null ? undefined : findUser(read, token.userId)
  refuseBeyond(
    wanted,
    listScopes(read).map(({ name }) => name),
    'There is no scope',
  )
  refuseBeyond(wanted, client.allowedScopes, `Client "${client.id}" may not get the scope`)
  refuseBeyond(wanted, user?.allowedScopes ?? null, `User "${user?.username}" may not be granted the scope`)
  core.database.write((writer) => setTokenScopes(writer, token.jti, wanted, { signed: !isOpaque(token) }))
  core.events.publish({ type: 'changed', noun: 'tokens' })
  return { before: token.scopes, scopes: wanted }
}

function refuseFixed(token: TokenRecord, now: number): void {
  const refused = (message: string) => new ContractError('refused', message)
  if (token.kind === 'pending') {
    throw refused('A pending token is good for the second factor alone; its scopes come with that.')
  }
  if (token.kind === 'access' && !isOpaque(token)) {
    throw refused(
      'The scope is signed into this JWT, and an API reads it there. Change the scopes of its refresh token and refresh, or let the client get opaque tokens.',
    )
  }
  const state = tokenState(token, now)
  if (state !== 'active') throw refused(`The token is ${state}: there is nothing it is good for.`)
}
