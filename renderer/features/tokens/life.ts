import type {
  Revoker,
  TokenDetail,
  TokenRow,
  TokenState,
} from '../../../shared/contract/operations/tokens.ts'
import { formatAbsolute, formatDuration } from '../../ui/format/time.ts'

// A token's state is told by its times and the issuer's clock, so that a list stays true between two answers of the core.
// Times are epoch milliseconds.

type Times = Pick<TokenRow, 'expiresAt' | 'consumedAt' | 'revokedAt'>
type Told = Times & Pick<TokenDetail, 'header' | 'claims' | 'revokedReason' | 'revokedBy' | 'kind'>

export function stateAt({ revokedAt, consumedAt, expiresAt }: Times, now: number): TokenState {
  if (revokedAt !== null) return 'revoked'
  if (consumedAt !== null) return 'consumed'
  return expiresAt <= now ? 'expired' : 'active'
}

/** "14 m 3 s", "5 s ago" once it has ended; a dash for a token that was revoked or used up. */
export function remainingLife(token: Times, now: number): string {
  const state = stateAt(token, now)
  const seconds = Math.ceil((token.expiresAt - now) / 1000)
  if (state === 'active') return formatDuration(seconds)
  return state === 'expired' ? `${formatDuration(seconds)} ago` : '–'
}

/** Its own `exp` as it was signed; null for a token that has none. */
export function signedExpiry({ claims }: Pick<TokenDetail, 'claims'>): number | null {
  const { exp } = claims
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null
}

/** Whether somebody gave it another end at the issuer than its own `exp`. */
export function endMoved(token: Pick<TokenDetail, 'claims' | 'expiresAt'>): 'earlier' | 'later' | null {
  const signed = signedExpiry(token)
  if (signed === null || token.expiresAt === signed) return null
  return token.expiresAt < signed ? 'earlier' : 'later'
}

/** Whether APIs read the token themselves, so that what is signed into it cannot be changed. */
export const isSigned = ({ kind, header }: Pick<TokenDetail, 'kind' | 'header'>): boolean =>
  kind !== 'refresh' && header.alg !== undefined

/** When it ends at the latest: the exp of a JWT that APIs read. Null for what only the issuer reads. */
const latestEnd = (token: Pick<TokenDetail, 'kind' | 'header' | 'claims'>): number | null =>
  isSigned(token) ? signedExpiry(token) : null

/** What another end means for this token. */
export function endHint(token: Pick<TokenDetail, 'kind' | 'header' | 'claims'>): string {
  const latest = latestEnd(token)
  return latest === null
    ? 'Only the issuer reads this token, so it may end sooner or later than it was issued to.'
    : `It ends at the issuer. Its own exp, ${formatAbsolute(latest)}, is signed into the JWT: an API that checks offline goes by that, and it cannot end later.`
}

export interface PossibleActions {
  revoke: boolean
  expire: boolean
  /** Whether another end would still mean something. */
  move: boolean
  /** What an undo would take back; null when there is nothing to. */
  restore: 'revocation' | 'use' | 'early expiry' | 'later expiry' | null
}

export function possibleActions(token: Told, now: number): PossibleActions {
  const state = stateAt(token, now)
  const ended = token.expiresAt <= now
  return {
    revoke: state === 'active' || state === 'consumed',
    expire: state !== 'revoked' && !ended,
    move: state !== 'revoked' && (latestEnd(token) ?? Number.POSITIVE_INFINITY) > now,
    restore: restorable(token),
  }
}

function restorable(token: Told): PossibleActions['restore'] {
  if (token.revokedAt !== null) return 'revocation'
  if (token.consumedAt !== null) return 'use'
  const moved = endMoved(token)
  if (moved === null) return null
  return moved === 'earlier' ? 'early expiry' : 'later expiry'
}

export interface Verdict {
  tone: 'good' | 'bad' | 'warn' | 'info' | 'muted'
  verdict: string
  reason: string
}

/** What the issuer makes of the token now, in words. */
export function verdictOf(token: Told, now: number): Verdict {
  switch (stateAt(token, now)) {
    case 'active':
      return {
        tone: 'good',
        verdict: 'Active',
        reason: `The issuer accepts it for another ${formatDuration(Math.ceil((token.expiresAt - now) / 1000))}.`,
      }
    case 'revoked':
      return {
        tone: 'bad',
        verdict: 'Revoked',
        reason: `On the deny list since ${formatAbsolute(token.revokedAt!)}, put there by ${revokerWords(token)}: ${token.revokedReason ?? 'no reason given'}.`,
      }
    case 'consumed':
      return {
        tone: 'info',
        verdict: 'Consumed',
        reason: `Used up ${formatAbsolute(token.consumedAt!)}: it is good for one use. ${secondUse(token)}`,
      }
    case 'expired':
      return {
        tone: 'muted',
        verdict: 'Expired',
        reason: endWords(token),
      }
  }
}

function endWords(token: Told): string {
  const at = formatAbsolute(token.expiresAt)
  switch (endMoved(token)) {
    case 'earlier':
      return `Made to expire ${at}, before the exp it was signed with.`
    case 'later':
      return `It ended ${at}, later than the exp it was issued with.`
    case null:
      return `It ended ${at}, as it was signed to.`
  }
}

const secondUse = ({ kind }: Told): string =>
  kind === 'refresh' ? 'A second use revokes the whole family.' : 'A second use is refused.'

const revokers: Readonly<Record<Revoker, string>> = {
  workbench: 'the workbench',
  client: 'its client',
  user: 'its user',
  issuer: 'the issuer',
}

/** Who put it on the deny list. */
export const revokerWords = ({ revokedBy }: Pick<TokenRow, 'revokedBy'>): string =>
  revokedBy === null ? 'somebody' : revokers[revokedBy]

export interface HistoryEntry {
  at: number
  what: string
  detail?: string
  /** Still to come on the issuer's clock. */
  ahead: boolean
}

/** What happened to the token and what is still to come, in order of time. */
export function historyOf(token: TokenDetail, now: number): HistoryEntry[] {
  const entries: Omit<HistoryEntry, 'ahead'>[] = [
    {
      at: token.issuedAt,
      what: 'Issued',
      detail: token.parentJti === null ? 'the first of its grant' : `in exchange for ${token.parentJti}`,
    },
  ]
  const signed = signedExpiry(token)
  if (token.consumedAt !== null) entries.push({ at: token.consumedAt, what: 'Consumed' })
  if (token.reusedAt !== null)
    entries.push({ at: token.reusedAt, what: 'Reused', detail: 'shown again after it was used up' })
  if (token.revokedAt !== null)
    entries.push({
      at: token.revokedAt,
      what: 'Revoked',
      detail: `by ${revokerWords(token)}: ${token.revokedReason}`,
    })
  const moved = endMoved(token)
  if (moved === 'earlier') entries.push({ at: token.expiresAt, what: 'Made to expire', detail: 'by hand' })
  if (moved === 'later')
    entries.push({ at: token.expiresAt, what: 'Ends at the issuer', detail: 'moved by hand' })
  entries.push({
    at: signed ?? token.expiresAt,
    what: (signed ?? token.expiresAt) <= now ? 'Expired' : 'Expires',
    detail: signed === null ? undefined : 'its exp, as signed',
  })
  return entries.sort((one, other) => one.at - other.at).map((entry) => ({ ...entry, ahead: entry.at > now }))
}
