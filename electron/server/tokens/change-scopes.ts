import type { OutputOf, ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { listScopes } from '../store/scopes.ts'
import { setTokenScopes } from '../store/token-changes.ts'
import { findToken, type TokenRecord } from '../store/tokens.ts'
import { findUser } from '../store/users.ts'
import { refuseBeyond } from './issue-for-operation.ts'
import { isOpaque } from './latest-end.ts'
import { fixedBy } from './set-scopes.ts'

type Input = Pick<ParsedInputOf<'tokens.changeScopes'>, 'how' | 'scopes'>
type Output = OutputOf<'tokens.changeScopes'>
type Reason = Output['skipped'][number]['reason']

export interface ScopeChanger {
  /** Changes one token; false for one that is skipped. */
  one(writer: Writer, jti: string): boolean
  /** What became of all of them. */
  outcome(): Pick<Output, 'before' | 'skipped'>
}

/**
 * Changes what many tokens are good for, each by the rules of `setScopes`; those it cannot change are counted by reason.
 *
 * @throws ContractError `refused` for a scope that the workspace does not have
 */
export function scopeChanger(core: Core, { how, scopes }: Input): ScopeChanger {
  // What is taken away may be a scope that the workspace had once.
  if (how !== 'remove') {
    const names = listScopes(core.database.read).map(({ name }) => name)
    refuseBeyond(scopes, names, 'There is no scope')
  }
  const now = core.clock.now()
  const mayHave = allowances(core)
  const before = new Map<string, string[]>()
  const skipped = new Map<Reason, number>()

  const reasonToSkip = (token: TokenRecord, wanted: readonly string[]): Reason | null => {
    const fixed = fixedBy(token, now)
    if (fixed !== null) return fixed
    if (isSame(token.scopes, wanted)) return 'same'
    const added = how === 'set' ? wanted : wanted.filter((name) => !token.scopes.includes(name))
    return mayHave(token, added) ? null : 'not_allowed'
  }

  return {
    one(writer, jti) {
      const token = findToken(writer, jti)
      if (!token) return false
      const wanted = changed(token.scopes, { how, scopes })
      const reason = reasonToSkip(token, wanted)
      if (reason !== null) {
        skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
        return false
      }
      setTokenScopes(writer, jti, wanted, { signed: !isOpaque(token) })
      const had = token.scopes.join(' ')
      const alike = before.get(had)
      if (alike) alike.push(jti)
      else before.set(had, [jti])
      return true
    },
    outcome: () => ({
      before: [...before].map(([had, jtis]) => ({ scopes: had === '' ? [] : had.split(' '), jtis })),
      skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
    }),
  }
}

function changed(had: readonly string[], { how, scopes }: Input): string[] {
  if (how === 'remove') return had.filter((name) => !scopes.includes(name))
  return [...new Set(how === 'add' ? [...had, ...scopes] : scopes)]
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name))

/** Whether client and user of a token may have scopes; each is looked up once. */
function allowances({ database: { read } }: Core) {
  const clients = new Map<string, string[] | null>()
  const users = new Map<string, string[] | null>()
  const allowedTo = (
    known: Map<string, string[] | null>,
    id: string,
    find: () => { allowedScopes: string[] | null } | undefined,
  ) => {
    if (!known.has(id)) known.set(id, find()?.allowedScopes ?? null)
    return known.get(id) ?? null
  }
  return ({ clientId, userId }: TokenRecord, scopes: readonly string[]): boolean => {
    const ofClient = allowedTo(clients, clientId, () => findClient(read, clientId))
    const ofUser = userId === null ? null : allowedTo(users, userId, () => findUser(read, userId))
    return [ofClient, ofUser].every(
      (allowed) => allowed === null || scopes.every((name) => allowed.includes(name)),
    )
  }
}
