import { describe, expect, it } from 'vitest'
import { effectRows, skewNote } from '../../renderer/features/tokens/effects.ts'
import {
  endHint,
  endMoved,
  historyOf,
  possibleActions,
  remainingLife,
  stateAt,
  verdictOf,
} from '../../renderer/features/tokens/life.ts'
import { raceVerdict } from '../../renderer/features/tokens/race.ts'
import type { RefreshRace, TokenDetail, TokenEffect } from '../../shared/contract/operations/tokens.ts'

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
  reusedAt: null,
  revokedAt: null,
  revokedBy: null,
  revokedReason: null,
  header: { alg: 'ES256' },
  claims: { exp: now / 1000 + 840 },
  family: [],
  ...changes,
})

const expiredEarly = token({ expiresAt: now - second })
const revoked = token({ revokedAt: now - second, revokedReason: 'lost', revokedBy: 'client' })
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
    expect(possibleActions(token(), now)).toEqual({ revoke: true, expire: true, move: true, restore: null })
    expect(possibleActions(revoked, now)).toEqual({
      revoke: false,
      expire: false,
      move: false,
      restore: 'revocation',
    })
    expect(possibleActions(consumed, now)).toEqual({ revoke: true, expire: true, move: true, restore: 'use' })
    expect(possibleActions(expiredEarly, now)).toEqual({
      revoke: false,
      expire: false,
      move: true,
      restore: 'early expiry',
    })
  })

  it('leave a token alone that has ended as it was signed to', () => {
    expect(possibleActions(token(), now + 900 * second)).toEqual({
      revoke: false,
      expire: false,
      move: false,
      restore: null,
    })
    const refresh = token({ kind: 'refresh' })
    expect(possibleActions(refresh, now + 900 * second)).toMatchObject({ expire: false, move: true })
  })
})

describe('verdict', () => {
  it('gives the reason of a revocation', () => {
    expect(verdictOf(revoked, now)).toMatchObject({ tone: 'bad', verdict: 'Revoked' })
    expect(verdictOf(revoked, now).reason).toMatch(/by its client: lost\.$/)
  })

  it('tells an early end from one that was signed', () => {
    expect(endMoved(expiredEarly)).toBe('earlier')
    const later = token({ kind: 'refresh', expiresAt: now + 900 * second })
    expect([endMoved(later), possibleActions(later, now).restore]).toEqual(['later', 'later expiry'])
    expect(endMoved(token())).toBeNull()
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

  it('tells a reuse, which costs the family', () => {
    const at = now - second
    expect(words(token({ consumedAt: now - 9 * second, reusedAt: at, revokedAt: at }))).toEqual([
      'Issued',
      'Consumed',
      'Reused',
      'Revoked',
      '(Expires)',
    ])
  })

  it('names the token it was exchanged for', () => {
    expect(historyOf(token({ parentJti: 'p' }), now)[0]?.detail).toBe('in exchange for p')
  })
})

describe('another end', () => {
  it('is bound to the exp only where an API reads that', () => {
    expect(endHint(token())).toContain('signed into the JWT')
    expect(endHint(token({ header: {} }))).toContain('sooner or later')
    expect(endHint(token({ kind: 'refresh' }))).toContain('sooner or later')
  })
})

describe('effects', () => {
  const effect = (changes: Partial<TokenEffect>): TokenEffect => ({
    place: 'api_online',
    request: 'GET /me',
    accepted: true,
    status: 200,
    answer: '200 with the profile',
    reason: 'ends later',
    check: null,
    spec: null,
    ...changes,
  })
  const refused = { accepted: false, status: 401, answer: '401 "Token revoked"', spec: 'RFC 7009 2' }

  it('that are alike at one place are one row', () => {
    const rows = effectRows(
      [
        effect({ place: 'userinfo', ...refused }),
        effect(refused),
        effect({ ...refused, request: 'GET /items' }),
      ],
      token(),
    )
    expect(rows.map(({ who, requests }) => [who, requests])).toEqual([
      ['Userinfo', ['GET /me']],
      ['Sample API, asking the issuer', ['GET /me', 'GET /items']],
    ])
  })

  it('that differ at one place are told apart, and name the place once', () => {
    const rows = effectRows([effect({}), effect({ ...refused, request: 'POST /items' })], token())
    expect(rows.map(({ who, answer }) => [who, answer])).toEqual([
      ['Sample API, asking the issuer', '200 with the profile'],
      [null, '401 "Token revoked"'],
    ])
  })

  it('of an API offline end with the signed exp', () => {
    const offline = { place: 'api_offline', request: 'any route' } as const
    expect(effectRows([effect(offline)], token())[0]?.answer).toMatch(/^Accepts it until \d{4}/)
    expect(effectRows([effect({ ...offline, ...refused })], token())[0]?.answer).toBe('401 "Token revoked"')
  })

  it("are told with the sample API's own clock", () => {
    expect(skewNote(0)).toBeNull()
    expect(skewNote(90)).toBe("The sample API's clock is 1 m 30 s ahead of the issuer's.")
    expect(skewNote(-5)).toBe("The sample API's clock is 5 s behind the issuer's.")
  })
})

describe('a refresh race', () => {
  const race = (changes: Partial<RefreshRace>) =>
    ({
      runs: [{}, {}, {}],
      expected: { winners: 1, familyRevoked: true },
      observed: { winners: 1, familyRevoked: true },
      asExpected: true,
      ...changes,
    }) as RefreshRace

  it('is judged by the rotation policy', () => {
    expect(raceVerdict(race({}))).toMatchObject({
      tone: 'good',
      reason: '1 of 3 won, and the family was revoked.',
    })
    const odd = race({ observed: { winners: 0, familyRevoked: false }, asExpected: false })
    expect(raceVerdict(odd).reason).toBe(
      '0 of 3 won, and the family lives; expected: 1 of 3 won, and the family was revoked.',
    )
  })
})
