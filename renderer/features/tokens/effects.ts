import type { EffectPlace, TokenDetail, TokenEffect } from '../../../shared/contract/operations/tokens.ts'
import { formatAbsolute, formatDuration } from '../../ui/format/time.ts'
import { signedExpiry } from './life.ts'

/** Requests of one place that are answered alike. */
export interface Effect {
  place: EffectPlace
  /** Who is shown the token; said once for each place. */
  who: string | null
  requests: string[]
  accepted: boolean
  /** What they answer. */
  answer: string
  /** Why, and by which rule. */
  reason: string
  spec: string | null
}

const places: Readonly<Record<EffectPlace, string>> = {
  refresh: 'Refresh',
  second_factor: 'Second factor',
  introspection: 'Introspection',
  userinfo: 'Userinfo',
  api_online: 'Sample API, asking the issuer',
  api_offline: 'An API offline: signature and exp only',
}

/** The core's answers as rows to read: what is answered alike at one place is one row. */
export function effectRows(effects: readonly TokenEffect[], token: TokenDetail): Effect[] {
  const rows: Effect[] = []
  for (const effect of effects) {
    const last = rows.at(-1)
    const row = rowOf(effect, token)
    if (last?.place === row.place && last.answer === row.answer && last.reason === row.reason) {
      last.requests.push(...row.requests)
    } else rows.push(last?.place === row.place ? { ...row, who: null } : row)
  }
  return rows
}

const rowOf = (effect: TokenEffect, token: TokenDetail): Effect => ({
  place: effect.place,
  who: places[effect.place],
  requests: [effect.request],
  accepted: effect.accepted,
  answer: effect.place === 'api_offline' && effect.accepted ? untilExp(token) : effect.answer,
  reason: effect.reason.replace(/\.$/, ''),
  spec: effect.accepted ? null : effect.spec,
})

function untilExp(token: TokenDetail): string {
  const exp = signedExpiry(token)
  return exp === null
    ? 'Accepts it for ever'
    : `Accepts it until ${formatAbsolute(exp)}, whatever happens here`
}

/** "The sample API's clock is 1 m 30 s ahead of the issuer's."; null when they agree. */
export function skewNote(seconds: number): string | null {
  if (seconds === 0) return null
  const direction = seconds > 0 ? 'ahead of' : 'behind'
  return `The sample API's clock is ${formatDuration(Math.abs(seconds))} ${direction} the issuer's.`
}
