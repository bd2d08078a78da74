import { setImmediate } from 'node:timers/promises'
import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import type { TokenDetail, TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { iso } from '../../../shared/protocol/time.ts'
import type { Core } from '../core.ts'
import { effectsOf } from '../provider/effects/effects.ts'
import type { Provider } from '../provider/fetch.ts'
import type { Reader, Writer } from '../store/database.ts'
import {
  expireToken,
  restoreToken,
  revokeFamily,
  revokeToken,
  setTokenExpiry,
} from '../store/token-changes.ts'
import { findToken, listFamily, listTokens, matchingJtis, toTokenRow } from '../store/tokens.ts'
import { scopeChanger } from '../tokens/change-scopes.ts'
import { inspectToken } from '../tokens/inspect.ts'
import { issueForOperation } from '../tokens/issue-for-operation.ts'
import { latestEnd } from '../tokens/latest-end.ts'
import { previewTokens } from '../tokens/preview.ts'
import { raceRefresh } from '../tokens/refresh-race.ts'
import { setScopes } from '../tokens/set-scopes.ts'
import type { HandlersOf } from './handlers.ts'

const BY_HAND = 'revoked in the workbench'
/** Tokens changed in one transaction; requests are answered between two. */
const BATCH = 1_000

type OneChange = (writer: Writer, jti: string) => boolean

export const tokenHandlers = (core: Core, provider: Provider): HandlersOf<'tokens'> => ({
  ...reading(core),
  ...tokenChanges(core),
  'tokens.issue': (input) => issueForOperation(core, input),
  'tokens.refreshRace': ({ jti, count }) =>
    raceRefresh(core, provider, existing(core.database.read, jti), count),
})

type Reading = 'tokens.list' | 'tokens.get' | 'tokens.effects' | 'tokens.preview' | 'tokens.inspect'

const reading = (core: Core): Pick<HandlersOf<'tokens'>, Reading> => ({
  'tokens.list': ({ filter, offset, limit }) => {
    const now = core.clock.now()
    const { total, tokens } = listTokens(core.database.read, { filter, now, offset, limit })
    return { total, rows: tokens.map((token) => toTokenRow(token, now)) }
  },
  'tokens.get': ({ jti }) => toDetail(core.database.read, jti, core.clock.now()),
  'tokens.effects': ({ jti }) => effectsOf(core, existing(core.database.read, jti)),
  'tokens.preview': (input) => previewTokens(core, input),
  'tokens.inspect': (input) => inspectToken(core, input),
})

/** The commands that change tokens of the ledger. */
export function tokenChanges(
  core: Core,
): Omit<HandlersOf<'tokens'>, Reading | 'tokens.issue' | 'tokens.refreshRace'> {
  const { database, clock, events } = core
  const told = (jtis: string[]) => {
    if (jtis.length > 0) events.publish({ type: 'changed', noun: 'tokens' })
    return { jtis }
  }
  const change = async (choice: Choice, one: OneChange) =>
    told(await changeAll(core, jtisOf(core, choice), one))

  return {
    'tokens.revoke': ({ reason = BY_HAND, ...choice }) => {
      const now = clock.now()
      return change(choice, (writer, jti) => revokeToken(writer, jti, { by: 'workbench', reason }, now))
    },
    'tokens.revokeFamily': ({ grantId }) =>
      told(
        database.write((writer) => {
          if (listFamily(writer, grantId).length === 0) throw notFound('grant', grantId)
          return revokeFamily(writer, grantId, { by: 'workbench', reason: BY_HAND }, clock.now())
        }),
      ),
    'tokens.expire': async ({ seconds, ...choice }) => {
      const now = clock.now()
      const at = now + seconds * 1000
      let bound = 0
      const { jtis } = await change(choice, (writer, jti) => {
        if (seconds === 0) return expireToken(writer, jti, now)
        const token = findToken(writer, jti)
        if (!token) return false
        const latest = latestEnd(token)
        if (latest === null || at <= latest) return setTokenExpiry(writer, jti, at)
        if (choice.jtis?.length === 1) throw outlives(latest)
        bound++
        return false
      })
      return { jtis, bound }
    },
    'tokens.restore': (choice) => change(choice, restoreToken),
    'tokens.changeScopes': async ({ how, scopes, ...choice }) => {
      const changer = scopeChanger(core, { how, scopes })
      const { jtis } = await change(choice, changer.one)
      return { jtis, ...changer.outcome() }
    },
    'tokens.setScopes': (input) => setScopes(core, existing(database.read, input.jti), input.scopes),
  }
}

interface Choice {
  jtis?: string[] | undefined
  filter?: TokenFilter | undefined
}

/** The chosen tokens, each once. @throws ContractError `not_found` for a single jti that is not there */
function jtisOf({ database, clock }: Core, { jtis, filter }: Choice): string[] {
  if (filter) return matchingJtis(database.read, filter, clock.now())
  const wanted = [...new Set(jtis)]
  if (wanted.length === 1) existing(database.read, wanted[0]!)
  return wanted
}

/** Changes tokens in short transactions, and returns those it really changed. */
async function changeAll({ database }: Core, jtis: readonly string[], one: OneChange): Promise<string[]> {
  const changed: string[] = []
  for (let start = 0; start < jtis.length; start += BATCH) {
    if (start > 0) await setImmediate()
    const batch = jtis.slice(start, start + BATCH)
    changed.push(...database.write((writer) => batch.filter((jti) => one(writer, jti))))
  }
  return changed
}

const outlives = (latest: number) =>
  new ContractError(
    'refused',
    `Its exp is signed into this JWT: ${iso(latest)}. It can end before that at the issuer, but never later.`,
  )

function existing(reader: Reader, jti: string) {
  const token = findToken(reader, jti)
  if (!token) throw notFound('token', jti)
  return token
}

function toDetail(reader: Reader, jti: string, now: number): TokenDetail {
  const token = existing(reader, jti)
  const family = listFamily(reader, token.grantId).map((member) => toTokenRow(member, now))
  return { ...toTokenRow(token, now), header: token.header, claims: token.claims, family }
}
