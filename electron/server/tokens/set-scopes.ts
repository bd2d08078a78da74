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

/** Why the scopes of a token stay as they are; null for one whose issuer can change them. */
export function fixedBy(token: TokenRecord, now: number): 'pending' | 'signed' | 'ended' | null {
  if (token.kind === 'pending') return 'pending'
  if (token.kind === 'access' && !isOpaque(token)) return 'signed'
  return tokenState(token, now) === 'active' ? null : 'ended'
}

function refuseFixed(token: TokenRecord, now: number): void {
  const refused = (message: string) => new ContractError('refused', message)
  switch (fixedBy(token, now)) {
    case 'pending':
      throw refused('A pending token is good for the second factor alone; its scopes come with that.')
    case 'signed':
      throw refused(
        'The scope is signed into this JWT, and an API reads it there. Change the scopes of its refresh token and refresh, or let the client get opaque tokens.',
      )
    case 'ended':
      throw refused(`The token is ${tokenState(token, now)}: there is nothing it is good for.`)
  }
}
