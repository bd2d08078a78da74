import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startHousekeeping } from '../../electron/server/housekeeping.ts'
import { useAssertion } from '../../electron/server/store/assertions.ts'
import { insertCode } from '../../electron/server/store/codes.ts'
import { useProof } from '../../electron/server/store/dpop-proofs.ts'
import { insertGrant } from '../../electron/server/store/grants.ts'
import { insertInteraction } from '../../electron/server/store/interactions.ts'
import { insertSession } from '../../electron/server/store/sessions.ts'
import { insertToken } from '../../electron/server/store/tokens.ts'
import { createTestClock, openTestCore, type TestClock, type TestCore } from '../support/core.ts'

const DAY = 86_400_000

describe('housekeeping', () => {
  let clock: TestClock
  let opened: TestCore
  let stop: () => void = () => {}

  beforeEach(async () => {
    clock = createTestClock()
    opened = await openTestCore({ clock })
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
    opened.close()
  })

  /** `count` tokens of one grant, and a session, that all end after this many days. */
  const fill = (name: string, days: number, count: number) =>
    opened.core.database.write((writer) => {
      const now = clock.now()
      const ends = { createdAt: now, expiresAt: now + days * DAY }
      const who = { clientId: 'demo-spa', userId: 'alice', scopes: [] }
      insertGrant(writer, {
        id: name,
        issuer: 'default',
        ...who,
        sid: null,
        parentGrantId: null,
        claims: null,
        resources: [],
        authorizationDetails: [],
        createdAt: now,
      })
      const session = { userId: 'alice', state: 'active', grantId: name, endedAt: null } as const
      insertSession(writer, {
        hash: name,
        issuer: 'default',
        sid: name,
        authTime: now,
        amr: ['pwd'],
        ...session,
        ...ends,
      })
      for (let index = 0; index < count; index++) {
        const jti = `${name}-${index}`
        const token = { jti, hash: jti, kind: 'access', grantId: name, parentJti: null } as const
        insertToken(writer, { ...token, scopes: [], header: {}, claims: {}, issuedAt: now, ...ends })
      }
    })
  const count = (table: string) =>
    opened.core.database.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n
  const counts = () => [count('tokens'), count('sessions'), count('grants')]
  const sweep = () => {
    stop = startHousekeeping(opened.core)
    return new Promise((resolve) => setTimeout(resolve, 20))
  }

  test('forgets codes and open logins that nobody came back for', async () => {
    opened.core.database.write((writer) => {
      const now = clock.now()
      insertGrant(writer, {
        id: 'g',
        issuer: 'default',
        clientId: 'demo-spa',
        userId: 'alice',
        scopes: [],
        sid: null,
        createdAt: now,
        parentGrantId: null,
        claims: null,
        resources: [],
        authorizationDetails: [],
      })
      const times = { issuedAt: now, expiresAt: now + 1 }
      const unbound = {
        redirectUri: null,
        codeChallenge: null,
        codeChallengeMethod: null,
        nonce: null,
        dpopJkt: null,
      }
      insertCode(writer, { hash: 'c', grantId: 'g', ...unbound, authTime: now, amr: [], ...times })
      insertInteraction(writer, {
        hash: 'i',
        browserHash: 'b',
        issuer: 'default',
        clientId: 'demo-spa',
        step: 'login',
        userId: null,
        sessionHash: null,
        request: {} as never,
        createdAt: now,
        expiresAt: now + 1,
        endedAt: null,
      })
    })
    clock.advance(29 * DAY)
    await sweep()
    expect([count('codes'), count('interactions')]).toEqual([1, 1])
    stop()
    clock.advance(2 * DAY)
    await sweep()
    expect([count('codes'), count('interactions'), count('grants')]).toEqual([0, 0, 0])
  })

  test('forgets what ended more than 30 days ago, with grants left empty', async () => {
    fill('old', 1, 2)
    fill('young', 2, 1)
    clock.advance(31 * DAY + 1)
    await sweep()
    expect(counts()).toEqual([1, 1, 1])
    expect((await opened.client.call('tokens.list', {})).rows[0]!.grantId).toBe('young')
  })

  test('forgets assertions that nobody could use again for 30 days', async () => {
    const use = (jtiHash: string, days: number) =>
      opened.core.database.write((writer) =>
        useAssertion(writer, {
          clientId: 'demo-web',
          jtiHash,
          usedAt: clock.now(),
          expiresAt: clock.now() + days * DAY,
        }),
      )
    use('old', 1)
    use('young', 2)
    clock.advance(31 * DAY + 1)
    await sweep()
    expect([use('old', 1), use('young', 1)]).toEqual([null, clock.now() - 31 * DAY - 1])
  })

  test('forgets DPoP proofs as soon as nobody could use them again', async () => {
    const use = (hash: string, seconds: number) =>
      opened.core.database.write((writer) =>
        useProof(writer, { hash, usedAt: clock.now(), expiresAt: clock.now() + seconds * 1000 }),
      )
    use('old', 60)
    use('young', 180)
    clock.advance(61_000)
    await sweep()
    expect([use('old', 60), use('young', 60)]).toEqual([null, clock.now() - 61_000])
  })

  test('goes on until all of it is gone, a thousand rows at a time', async () => {
    fill('old', 1, 2_500)
    clock.advance(60 * DAY)
    stop = startHousekeeping(opened.core)
    expect(count('tokens')).toBe(1_500)
    await vi.waitFor(() => expect(counts()).toEqual([0, 0, 0]))
  })

  test('a clock that was moved ahead costs no token', async () => {
    fill('today', 1, 1)
    await opened.client.call('clock.set', { offsetMs: 365 * DAY })
    await sweep()
    expect(counts()).toEqual([1, 1, 1])
  })

  test('comes back every five minutes, until it is stopped', () => {
    vi.useFakeTimers()
    stop = startHousekeeping(opened.core)
    fill('old', 1, 1)
    clock.advance(60 * DAY)
    vi.advanceTimersByTime(5 * 60_000 - 1)
    expect(count('tokens')).toBe(1)
    vi.advanceTimersByTime(1)
    expect(count('tokens')).toBe(0)
    fill('later', -60, 1)
    stop()
    vi.advanceTimersByTime(60 * 60_000)
    expect(count('tokens')).toBe(1)
  })
})
