import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Core } from '../../electron/server/core.ts'
import { currentCode } from '../../electron/server/second-factor/totp.ts'
import { verifyCode } from '../../electron/server/second-factor/verify-code.ts'
import { findUser, saveUser, type UserRecord } from '../../electron/server/store/users.ts'
import { openTestCore, type TestCore } from '../support/core.ts'

const STEP = 30_000
/** The beginning of a time step. */
const NOW = 1_900_000_020_000

describe('verifying a code', () => {
  let opened: TestCore
  let core: Core

  beforeEach(async () => {
    opened = await openTestCore()
    core = opened.core
  })
  afterEach(() => opened.close())

  const carol = () => findUser(core.database.read, 'carol')!
  const change = (changes: Partial<UserRecord>) =>
    core.database.write((writer) => saveUser(writer, { ...carol(), ...changes }))
  const codeAt = (time: number) => currentCode(carol().totpSecret!, time)
  /** Tries a code, and checks that what is said of the user is what was saved. */
  const attempt = (code: string, now = NOW) => {
    const verdict = core.database.write((writer) => verifyCode(writer, carol(), code, now))
    expect(verdict.user).toEqual(carol())
    return verdict
  }
  const wrong = (now = NOW) => {
    const right = [-STEP, 0, STEP].map((drift) => codeAt(now + drift))
    return ['000000', '000001', '000002', '000003'].find((code) => !right.includes(code))!
  }

  test('a right code is accepted and its step remembered', () => {
    change({ totpFailures: 3 })
    expect(attempt(codeAt(NOW))).toMatchObject({ outcome: 'accepted', lockedUntil: null })
    expect(carol()).toMatchObject({ totpState: 'on', totpLastStep: NOW / STEP, totpFailures: 0 })
  })

  test('a right code switches a pending second factor on; a wrong one does not', () => {
    change({ totpState: 'pending' })
    expect(attempt(wrong()).user.totpState).toBe('pending')
    expect(attempt(codeAt(NOW)).user.totpState).toBe('on')
  })

  test('a code is accepted once', () => {
    expect(attempt(codeAt(NOW)).outcome).toBe('accepted')
    expect(attempt(codeAt(NOW)).outcome).toBe('replayed')
    expect(attempt(codeAt(NOW), NOW + STEP).outcome).toBe('replayed')
    expect(carol().totpFailures).toBe(2)
  })

  test('after a later code an earlier one counts no more', () => {
    expect(attempt(codeAt(NOW + STEP)).outcome).toBe('accepted')
    expect(attempt(codeAt(NOW)).outcome).toBe('replayed')
    expect(attempt(codeAt(NOW + 2 * STEP), NOW + STEP).outcome).toBe('accepted')
  })

  test('the fifth wrong code in a row locks for a minute', () => {
    for (let failures = 1; failures <= 4; failures++) {
      expect(attempt(wrong())).toMatchObject({ outcome: 'wrong', lockedUntil: null })
      expect(carol().totpFailures).toBe(failures)
    }
    expect(attempt(wrong())).toMatchObject({ outcome: 'wrong', lockedUntil: NOW + 60_000 })
  })

  test('while locked a right code is refused too, and nothing is counted', () => {
    change({ totpFailures: 5, totpLockedUntil: NOW + 60_000 })
    const before = carol()
    const until = NOW + 59_999
    expect(attempt(codeAt(until), until)).toMatchObject({ outcome: 'locked', lockedUntil: NOW + 60_000 })
    expect(carol()).toEqual(before)
  })

  test('when the lock is over a right code counts, and wrong ones from one again', () => {
    const after = NOW + 60_000
    change({ totpFailures: 5, totpLockedUntil: after })
    expect(attempt(wrong(after), after)).toMatchObject({ outcome: 'wrong', lockedUntil: null })
    expect(carol().totpFailures).toBe(1)
    expect(attempt(codeAt(after), after).outcome).toBe('accepted')
    expect(carol()).toMatchObject({ totpFailures: 0, totpLockedUntil: null })
  })

  test('a right code in between starts the count of wrong ones again', () => {
    for (let round = 0; round < 3; round++) {
      const now = NOW + round * STEP
      for (let failures = 0; failures < 4; failures++) expect(attempt(wrong(now), now).outcome).toBe('wrong')
      expect(attempt(codeAt(now), now).outcome).toBe('accepted')
    }
  })

  test('a clock that was moved back does not lock anyone out', () => {
    const tomorrow = NOW + 86_400_000
    expect(attempt(codeAt(tomorrow), tomorrow).outcome).toBe('accepted')
    expect(attempt(codeAt(NOW)).outcome).toBe('accepted')
    change({ totpFailures: 5, totpLockedUntil: tomorrow + 60_000 })
    expect(attempt(codeAt(NOW + STEP), NOW + STEP).outcome).toBe('accepted')
  })

  test('without a secret every code is wrong', () => {
    change({ totpState: 'off', totpSecret: null })
    expect(attempt('123456').outcome).toBe('wrong')
  })
})
