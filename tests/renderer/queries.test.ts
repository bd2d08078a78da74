import { beforeEach, describe, expect, it } from 'vitest'
import { createQueries, type Queries, stableJson } from '../../renderer/stores/queries.ts'
import { causeOf, readsOf } from '../../renderer/stores/query-table.ts'
import { createClient } from '../../shared/contract/client.ts'
import { operations } from '../../shared/contract/operations/index.ts'
import { createFakeCore, type FakeCore, settle } from './fake-core.ts'

let core: FakeCore
let queries: Queries
let deferred: (() => void)[]

const flush = async () => {
  for (const run of deferred.splice(0)) run()
  await settle()
}

const callsOf = (operation: string) => core.calls.filter((call) => call.operation === operation).length

beforeEach(() => {
  core = createFakeCore()
  deferred = []
  queries = createQueries(createClient(core), { defer: (run) => deferred.push(run), keep: 3 })
  core.answer('users.list', [])
})

describe('the query table', () => {
  it('names every query of the contract and nothing else', () => {
    const inContract = Object.entries(operations)
      .filter(([, { kind }]) => kind === 'query')
      .map(([name]) => name)
    expect(Object.keys(readsOf).sort()).toEqual(inContract.sort())
  })

  it('takes a changed workspace and a gap in the events for a change of everything', () => {
    const at = { launch: 'l', seq: 1 }
    expect(causeOf({ ...at, type: 'changed', noun: 'workspace' })).toBeNull()
    expect(causeOf({ ...at, type: 'resync' })).toBeNull()
    expect(causeOf({ ...at, type: 'changed', noun: 'users' })).toBe('users')
  })
})

describe('a query', () => {
  it('is read once for equal inputs, in whatever order their keys come', async () => {
    core.answer('exchanges.list', { total: 0, rows: [] })
    const one = queries.query('exchanges.list', { limit: 5, endpoint: 'token' })
    const two = queries.query('exchanges.list', { endpoint: 'token', limit: 5 })
    expect(two).toBe(one)
    one.watch()
    two.watch()
    await settle()
    expect(callsOf('exchanges.list')).toBe(1)
  })

  it('is read again when what it reads has changed, once for a burst of events', async () => {
    queries.query('users.list', {}).watch()
    await settle()
    for (let i = 0; i < 50; i++) queries.invalidate('users')
    await flush()
    expect(callsOf('users.list')).toBe(2)
  })

  it('is left alone when something else has changed', async () => {
    queries.query('users.list', {}).watch()
    await settle()
    queries.invalidate('tokens')
    await flush()
    expect(callsOf('users.list')).toBe(1)
  })

  it('is not read while nobody watches, but at once when somebody comes back', async () => {
    const query = queries.query('users.list', {})
    const stop = query.watch()
    await settle()
    stop()
    queries.invalidate('users')
    await flush()
    expect(callsOf('users.list')).toBe(1)
    query.watch()
    await settle()
    expect(callsOf('users.list')).toBe(2)
  })

  it('keeps its data while it is read again, and when that fails', async () => {
    const query = queries.query('users.list', {})
    core.answer('users.list', [{ id: 'alice' }])
    query.watch()
    await settle()
    core.vanish('users.list')
    const reloaded = query.reload()
    expect(query.store.getState()).toMatchObject({ data: [{ id: 'alice' }], loading: true })
    await reloaded
    expect(query.store.getState()).toMatchObject({ data: [{ id: 'alice' }], loading: false })
    expect(query.store.getState().error?.code).toBe('unreachable')
  })

  it('forgets its error with the next answer', async () => {
    core.refuse('users.list', { code: 'internal', message: 'broken' })
    const query = queries.query('users.list', {})
    query.watch()
    await settle()
    expect(query.store.getState().error?.message).toBe('broken')
    core.answer('users.list', [])
    await query.reload()
    expect(query.store.getState().error).toBeNull()
  })

  it('reads once more when a change comes in while it is reading', async () => {
    const release = core.hold('users.list')
    const query = queries.query('users.list', {})
    query.watch()
    queries.invalidate('users')
    await flush()
    expect(callsOf('users.list')).toBe(1)
    release()
    await settle()
    expect(callsOf('users.list')).toBe(2)
    core.answer('users.list', [{ id: 'later' }])
    release()
    await settle()
    expect(query.store.getState().data).toEqual([{ id: 'later' }])
  })

  it('asked for again while it is reading is read once more', async () => {
    const release = core.hold('users.list')
    const query = queries.query('users.list', {})
    query.watch()
    void query.reload()
    void query.reload()
    release()
    await settle()
    expect(callsOf('users.list')).toBe(2)
  })

  it('is forgotten when many others came after it, unless it is watched', () => {
    const watched = queries.query('users.get', { id: 'watched' })
    watched.watch()
    const unwatched = queries.query('users.get', { id: 'unwatched' })
    for (const id of ['a', 'b', 'c', 'd']) queries.query('users.get', { id })
    expect(queries.query('users.get', { id: 'watched' })).toBe(watched)
    expect(queries.query('users.get', { id: 'unwatched' })).not.toBe(unwatched)
  })
})

it('stableJson sorts keys at every depth and leaves arrays in order', () => {
  expect(stableJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
})
