import { describe, expect, it } from 'vitest'
import { effectsOf } from '../../renderer/features/tokens/effects.ts'
import {
  endsEarly,
  historyOf,
  possibleActions,
  remainingLife,
  stateAt,
  verdictOf,
} from '../../renderer/features/tokens/life.ts'
import type { TokenDetail } from '../../shared/contract/operations/tokens.ts'

const second = 1000
const now = 1_800_000_000_000

const token = (changes: Partial<TokenDetail> = {}): TokenDetail => ({
  jti: 'j',
  kind: 'access',
  state: 'active',
  issuer: 'default',
  userId: 'alice',
  username: 'alice',
  clientId: 'demo-spa',
  scopes: ['read'],
  grantId: 'g',
  parentJti: null,
  issuedAt: now - 60 * second,
  expiresAt: now + 840 * second,
  consumedAt: null,
  revokedAt: null,
  revokedReason: null,
  header: {},
  claims: { exp: now / 1000 + 840 },
  family: [],
  ...changes,
})

const expiredEarly = token({ expiresAt: now - second })
const revoked = token({ revokedAt: now - second, revokedReason: 'lost' })
const consumed = token({ kind: 'refresh', consumedAt: now - second })

describe('state', () => {
  it('follows the clock, not what the core last said', () => {
    expect(stateAt(token(), now)).toBe('active')
    expect(stateAt(token(), now + 840 * second)).toBe('expired')
  })

  it('is revoked before consumed, and consumed before expired', () => {
    expect(stateAt(token({ revokedAt: now, consumedAt: now, expiresAt: now }), now)).toBe('revoked')
    expect(stateAt(token({ consumedAt: now, expiresAt: now }), now)).toBe('consumed')
  })

  it('is told with the life that remains, or how long ago it ended', () => {
    expect(remainingLife(token(), now)).toBe('14 m')
    expect(remainingLife(token(), now + 500)).toBe('14 m')
    expect(remainingLife(expiredEarly, now)).toBe('1 s ago')
    expect(remainingLife(revoked, now)).toBe('–')
  })
})

describe('actions', () => {
  it('are those that would change something', () => {
    expect(possibleActions(token(), now)).toEqual({ revoke: true, expire: true, restore: null })
    expect(possibleActions(revoked, now)).toEqual({ revoke: false, expire: false, restore: 'revocation' })
    expect(possibleActions(consumed, now)).toEqual({ revoke: true, expire: true, restore: 'use' })
    expect(possibleActions(expiredEarly, now)).toEqual({
      revoke: false,
      expire: false,
      restore: 'early expiry',
    })
  })

  it('leave a token alone that has ended as it was signed to', () => {
    expect(possibleActions(token(), now + 900 * second)).toEqual({
      revoke: false,
      expire: false,
      restore: null,
    })
  })
})

describe('verdict', () => {
  it('gives the reason of a revocation', () => {
    expect(verdictOf(revoked, now)).toMatchObject({ tone: 'bad', verdict: 'Revoked' })
    expect(verdictOf(revoked, now).reason).toMatch(/: lost\.$/)
  })

  it('tells an early end from one that was signed', () => {
    expect(endsEarly(expiredEarly)).toBe(true)
    expect(verdictOf(expiredEarly, now).reason).toContain('before the exp it was signed with')
    expect(verdictOf(token(), now + 900 * second).reason).toContain('as it was signed to')
  })

  it('warns of a second use of a refresh token only', () => {
    expect(verdictOf(consumed, now).reason).toContain('revokes the whole family')
    expect(verdictOf({ ...consumed, kind: 'pending' }, now).reason).not.toContain('family')
  })
})

describe('history', () => {
  const words = (of: TokenDetail) => historyOf(of, now).map(({ what, ahead }) => (ahead ? `(${what})` : what))

  it('is in order of time, with what is still to come', () => {
    expect(words(token())).toEqual(['Issued', '(Expires)'])
    expect(words(token({ consumedAt: now - 9 * second, revokedAt: now - second }))).toEqual([
      'Issued',
      'Consumed',
      'Revoked',
      '(Expires)',
    ])
    expect(words(expiredEarly)).toEqual(['Issued', 'Made to expire', '(Expires)'])
  })

  it('names the token it was exchanged for', () => {
    expect(historyOf(token({ parentJti: 'p' }), now)[0]?.detail).toBe('in exchange for p')
  })
})

describe('effects', () => {
  const answers = (of: TokenDetail, at = now) =>
    effectsOf(of, at).map(({ accepted, answer }) => `${accepted ? '+' : '-'} ${answer}`)

  it('name the routes that are open by scope', () => {
    expect(answers(token())[0]).toBe('+ 200 at /me, GET /items; 403 where the scope is missing')
    expect(answers(token({ scopes: ['read', 'write'] }))[0]).toBe('+ 200 at /me, GET /items, POST /items')
    expect(answers(token({ userId: null, username: null }))[0]).toContain('401 at /me')
  })

  it('differ between the issuer and an API that verifies offline', () => {
    expect(answers(revoked)).toEqual(['- 401 "Token revoked"', expect.stringMatching(/^\+ Accepts it until/)])
    expect(answers(expiredEarly)[0]).toBe('- 401 "Token expired"')
    expect(answers(token(), now + 900 * second)[1]).toBe('- Refuses it: its exp has passed')
  })

  it('of a refresh token are those of the refresh endpoint', () => {
    expect(answers(consumed)).toEqual(['- 401 "Refresh token revoked", and the whole family is revoked'])
    expect(answers(token({ kind: 'refresh' }), now + 900 * second)).toEqual(['- 401 "Invalid refresh token"'])
  })
})
