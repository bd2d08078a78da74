import { beforeEach, describe, expect, it } from 'vitest'
import { isSimulated } from '../../renderer/stores/clock.ts'
import { runCommand } from '../../renderer/stores/commands.ts'
import { createTheme } from '../../renderer/stores/theme.ts'
import { createTraffic } from '../../renderer/stores/traffic.ts'
import { createWorkbench, type Workbench } from '../../renderer/stores/workbench.ts'
import type { CoreEvent } from '../../shared/contract/events.ts'
import { createFakeCore, type FakeCore, settle } from './fake-core.ts'

let core: FakeCore
let workbench: Workbench
let now: number
let ticks: Set<() => void>
let reported: string[]

beforeEach(() => {
  core = createFakeCore()
  now = 1_000_000
  ticks = new Set()
  reported = []
  workbench = createWorkbench({
    transport: () => core,
    address: { fragment: () => '', push() {}, replace() {}, onChange: () => () => {} },
    storage: { getItem: () => null, setItem() {} },
    timers: {
      now: () => now,
      setInterval(run) {
        ticks.add(run)
        return run
      },
      clearInterval: (handle) => void ticks.delete(handle as () => void),
    },
    defer: (run) => run(),
    report: (title, message) => reported.push(`${title}: ${message}`),
  })
})

const clockEvent = (clock: Partial<{ now: number; offsetMs: number; frozen: boolean }>): CoreEvent => ({
  type: 'clock',
  clock: { now: 1_000_000, realNow: 1_000_000, offsetMs: 0, frozen: false, ...clock },
})

describe('the connection', () => {
  it('is connecting, then follows the transport', () => {
    const { store } = workbench.connection
    expect(store.getState().state).toBe('connecting')
    core.state('open')
    expect(store.getState().state).toBe('open')
    core.state('closed')
    expect(store.getState().state).toBe('closed')
  })

  it('refused once stays refused', async () => {
    core.refuse('users.list', { code: 'unauthorized', message: 'unknown token' })
    await expect(workbench.client.call('users.list', {})).rejects.toThrow('unknown token')
    core.state('open')
    expect(workbench.connection.store.getState().state).toBe('refused')
  })

  it('that comes back reads again what is watched', async () => {
    core.state('open')
    const query = workbench.queries.query('users.list', {})
    query.watch()
    await settle()
    expect(query.store.getState().error?.code).toBe('unreachable')
    core.answer('users.list', [])
    core.state('closed')
    core.state('open')
    await settle()
    expect(query.store.getState()).toEqual({ data: [], error: null, loading: false })
  })
})

describe("the issuer's clock", () => {
  it('runs on with the time that passes here', () => {
    core.emit(clockEvent({ now: 5_000_000, offsetMs: 4_000_000 }))
    now += 2500
    expect(workbench.clock.now()).toBe(5_002_500)
    expect(isSimulated(workbench.clock.store.getState().setting)).toBe(true)
  })

  it('stands still when frozen', () => {
    core.emit(clockEvent({ now: 5_000_000, frozen: true }))
    now += 60_000
    expect(workbench.clock.now()).toBe(5_000_000)
  })

  it('is asked for when events were missed', async () => {
    core.answer('clock.get', { now: 42, realNow: 42, offsetMs: 0, frozen: true })
    core.emit({ type: 'resync' })
    await settle()
    expect(workbench.clock.now()).toBe(42)
  })

  it('ticks with one timer for all, and with none for nobody', () => {
    const stops = [workbench.clock.subscribe(() => {}), workbench.clock.subscribe(() => {})]
    expect(ticks.size).toBe(1)
    for (const stop of stops) stop()
    expect(ticks.size).toBe(0)
  })
})

describe('a command that fails', () => {
  it('is reported, and does not reject', async () => {
    core.refuse('users.delete', { code: 'not_found', message: 'There is no user "x".' })
    const result = await runCommand(workbench.client, workbench.report, 'users.delete', { id: 'x' })
    expect(result).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(reported).toEqual(['It is no longer there: There is no user "x".'])
  })

  it('is left to the form when it names fields', async () => {
    const issues = [{ path: 'username', message: 'is taken' }]
    core.refuse('users.create', { code: 'invalid_input', message: 'wrong', issues })
    const result = await runCommand(workbench.client, workbench.report, 'users.create', {
      username: 'a',
      password: 'b',
    })
    expect(result).toMatchObject({ ok: false, error: { issues } })
    expect(reported).toEqual([])
  })
})

it('traffic is counted over the last five seconds', () => {
  const traffic = createTraffic(() => now)
  for (let i = 0; i < 10; i++) traffic.note()
  expect(traffic.rate()).toBe(2)
  now += 4999
  traffic.note()
  expect(traffic.rate()).toBe(2.2)
  now += 2
  expect(traffic.rate()).toBe(0.2)
})

describe('the theme preference', () => {
  it('is kept, and anything unknown in its place is the system', () => {
    const kept = new Map([['grantscope.theme', 'sepia']])
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const theme = createTheme(storage)
    expect(theme.store.getState().preference).toBe('system')
    theme.set('dark')
    expect(createTheme(storage).store.getState().preference).toBe('dark')
  })

  it('can be changed where storage is denied', () => {
    const denied = () => {
      throw new Error('denied')
    }
    const theme = createTheme({ getItem: denied, setItem: denied })
    theme.set('light')
    expect(theme.store.getState().preference).toBe('light')
  })
})
