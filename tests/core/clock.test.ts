import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MOST_OFFSET_MS } from '../../shared/contract/operations/status.ts'
import { createTestClock, openTestCore, type TestClock, type TestCore } from '../support/core.ts'

const DAY = 86_400_000

describe("the issuer's clock", () => {
  let real: TestClock
  let opened: TestCore

  beforeEach(async () => {
    real = createTestClock(Date.UTC(2030, 0, 1))
    opened = await openTestCore({ clock: real })
  })
  afterEach(() => opened.close())

  const set = (changes: { offsetMs?: number; frozen?: boolean }) => opened.client.call('clock.set', changes)
  const get = () => opened.client.call('clock.get', {})
  const start = Date.UTC(2030, 0, 1)

  test('runs with real time until it is set', async () => {
    real.advance(5)
    expect(await get()).toEqual({ now: start + 5, realNow: start + 5, offsetMs: 0, frozen: false })
  })

  test('an offset moves it, and it goes on running', async () => {
    await set({ offsetMs: DAY })
    real.advance(10)
    expect(await get()).toEqual({ now: start + DAY + 10, realNow: start + 10, offsetMs: DAY, frozen: false })
  })

  test('frozen it stands, at the time it had', async () => {
    await set({ offsetMs: DAY })
    await set({ frozen: true })
    real.advance(1000)
    expect(await get()).toMatchObject({ now: start + DAY, offsetMs: DAY - 1000, frozen: true })
    await set({ frozen: true })
    expect((await get()).now).toBe(start + DAY)
  })

  test('unfrozen it goes on from where it stood', async () => {
    await set({ frozen: true })
    real.advance(1000)
    expect(await set({ frozen: false })).toMatchObject({ now: start, offsetMs: -1000, frozen: false })
    real.advance(7)
    expect((await get()).now).toBe(start + 7)
  })

  test('an offset alone moves a frozen clock, which stays frozen', async () => {
    await set({ frozen: true })
    real.advance(1000)
    expect(await set({ offsetMs: DAY })).toMatchObject({ now: start + 1000 + DAY, frozen: true })
    real.advance(1000)
    expect((await get()).now).toBe(start + 1000 + DAY)
  })

  test('unfrozen further from real time than it may be set, it stops at that bound, and can be had back', async () => {
    const { client } = opened
    const file = { format: 'grantscope-scenario', version: 1, name: 'The year 9000' } as const
    await client.call('scenarios.apply', { file: { ...file, clock: { frozenAt: Date.UTC(9000, 0, 1) } } })
    const far = await set({ frozen: false })
    expect(far).toMatchObject({ now: start + MOST_OFFSET_MS, frozen: false })
    const { before } = await client.call('scenarios.apply', { id: 'calm' })
    await client.call('scenarios.apply', { file: before })
    expect(await get()).toEqual(far)
  })

  test('offset and freeze together are both done', async () => {
    expect(await set({ offsetMs: DAY, frozen: true })).toMatchObject({ now: start + DAY, frozen: true })
    expect(await set({ offsetMs: 0, frozen: false })).toMatchObject({ now: start, frozen: false })
  })

  test('everything in the core follows it', async () => {
    await set({ offsetMs: DAY, frozen: true })
    const user = await opened.client.call('users.create', { username: 'frank', password: 'x' })
    expect(user.createdAt).toBe(start + DAY)
    const { issuedAt } = (await issued()).rows[0]!
    expect(issuedAt).toBe(start + DAY)
  })

  const issued = async () => {
    await opened.client.call('tokens.issue', { clientId: 'demo-spa', userId: 'alice' })
    return opened.client.call('tokens.list', {})
  }

  test('moved ahead it lets tokens expire, moved back they are good again', async () => {
    const { jti } = (await issued()).rows[0]!
    const state = async () => (await opened.client.call('tokens.get', { jti })).state
    await set({ offsetMs: 365 * DAY })
    expect(await state()).toBe('expired')
    await set({ offsetMs: 0 })
    expect(await state()).toBe('active')
  })
})
