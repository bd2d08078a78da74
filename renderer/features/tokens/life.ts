import type { TokenDetail, TokenRow, TokenState } from '../../../shared/contract/operations/tokens.ts'
import { formatAbsolute, formatDuration } from '../../ui/format/time.ts'

// A token's state is told by its times and the issuer's clock, so that a list stays true between two answers of the core.
// Times are epoch milliseconds.

type Times = Pick<TokenRow, 'expiresAt' | 'consumedAt' | 'revokedAt'>
type Told = Times & Pick<TokenDetail, 'claims' | 'revokedReason' | 'kind'>

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

/** Whether it was made to expire by hand: it ends at the issuer before its own `exp`. */
export function endsEarly(token: Pick<TokenDetail, 'claims' | 'expiresAt'>): boolean {
  const signed = signedExpiry(token)
  return signed !== null && token.expiresAt < signed
}

export interface PossibleActions {
  revoke: boolean
  expire: boolean
  /** What an undo would take back; null when there is nothing to. */
  restore: 'revocation' | 'use' | 'early expiry' | null
}

export function possibleActions(token: Told, now: number): PossibleActions {
  const state = stateAt(token, now)
  const ended = token.expiresAt <= now
  return {
    revoke: state === 'active' || state === 'consumed',
    expire: state !== 'revoked' && !ended,
    restore: restorable(token),
  }
}

function restorable(token: Told): PossibleActions['restore'] {
  if (token.revokedAt !== null) return 'revocation'
  if (token.consumedAt !== null) return 'use'
  return endsEarly(token) ? 'early expiry' : null
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
        reason: `On the deny list since ${formatAbsolute(token.revokedAt!)}: ${token.revokedReason ?? 'no reason given'}.`,
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
        reason: endsEarly(token)
          ? `Made to expire ${formatAbsolute(token.expiresAt)}, before the exp it was signed with.`
          : `It ended ${formatAbsolute(token.expiresAt)}, as it was signed to.`,
      }
  }
}

const secondUse = ({ kind }: Told): string =>
  kind === 'refresh' ? 'A second use revokes the whole family.' : 'A second use is refused.'

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
  if (token.revokedAt !== null)
    entries.push({ at: token.revokedAt, what: 'Revoked', detail: token.revokedReason ?? undefined })
  if (endsEarly(token)) entries.push({ at: token.expiresAt, what: 'Made to expire', detail: 'by hand' })
  entries.push({
    at: signed ?? token.expiresAt,
    what: (signed ?? token.expiresAt) <= now ? 'Expired' : 'Expires',
    detail: signed === null ? undefined : 'its exp, as signed',
  })
  return entries.sort((one, other) => one.at - other.at).map((entry) => ({ ...entry, ahead: entry.at > now }))
}
