import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { formatAbsolute } from '../../ui/format/time.ts'
import { signedExpiry, stateAt } from './life.ts'

export interface Effect {
  /** Who is shown the token. */
  who: string
  accepted: boolean
  /** What they answer, and why. */
  answer: string
}

/** What becomes of the token wherever it may be shown now. */
export function effectsOf(token: TokenDetail, now: number): Effect[] {
  switch (token.kind) {
    case 'access':
      return [issuerApi(token, now), offlineApi(token, now)]
    case 'refresh':
      return [refreshEndpoint(token, now)]
    case 'pending':
      return [
        secondFactorEndpoint(token, now),
        { ...offlineApi(token, now), who: `${offline} (if it ignores scope)` },
      ]
  }
}

const offline = 'An API that checks only signature and exp'

function issuerApi(token: TokenDetail, now: number): Effect {
  const who = "This issuer's /me and /items"
  const state = stateAt(token, now)
  if (state === 'active') return { who, accepted: true, answer: openRoutes(token) }
  return { who, accepted: false, answer: refusal(state) }
}

/** `/me` wants a user and no scope, `/items` a scope for each method. */
function openRoutes({ userId, scopes }: TokenDetail): string {
  const open = [
    userId === null ? null : '/me',
    scopes.includes('read') ? 'GET /items' : null,
    scopes.includes('write') ? 'POST /items' : null,
  ].filter((route) => route !== null)
  const missing = scopes.includes('read') && scopes.includes('write') ? '' : '403 where the scope is missing'
  const noUser = userId === null ? '401 at /me, as it has no user' : ''
  const answers = [open.length > 0 ? `200 at ${open.join(', ')}` : '', missing, noUser]
  return answers.filter((answer) => answer !== '').join('; ')
}

const refusal = (state: 'expired' | 'consumed' | 'revoked'): string =>
  state === 'expired' ? '401 "Token expired"' : '401 "Token revoked"'

function offlineApi(token: TokenDetail, now: number): Effect {
  const exp = signedExpiry(token)
  if (exp === null) return { who: offline, accepted: true, answer: 'Accepts it for ever: it has no exp' }
  return exp > now
    ? {
        who: offline,
        accepted: true,
        answer: `Accepts it until ${formatAbsolute(exp)}, whatever happens here`,
      }
    : { who: offline, accepted: false, answer: 'Refuses it: its exp has passed' }
}

function refreshEndpoint(token: TokenDetail, now: number): Effect {
  const who = 'POST /refresh'
  switch (stateAt(token, now)) {
    case 'active':
      return { who, accepted: true, answer: '200 with new tokens; this one is then used up' }
    case 'consumed':
      return { who, accepted: false, answer: '401 "Refresh token revoked", and the whole family is revoked' }
    case 'revoked':
      return { who, accepted: false, answer: '401 "Refresh token revoked"' }
    case 'expired':
      return { who, accepted: false, answer: '401 "Invalid refresh token"' }
  }
}

function secondFactorEndpoint(token: TokenDetail, now: number): Effect {
  const who = 'POST /2fa/verify'
  const state = stateAt(token, now)
  return state === 'active'
    ? { who, accepted: true, answer: '200 with full tokens for a right code; every other route refuses it' }
    : { who, accepted: false, answer: refusal(state) }
}
