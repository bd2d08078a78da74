import { beforeEach, describe, expect, test } from 'vitest'
import { createExchangeFeed, type ExchangeFeed } from '../../renderer/stores/exchange-feed.ts'
import { createClient } from '../../shared/contract/client.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import type { ExchangeSummary } from '../../shared/contract/operations/traces.ts'
import { createFakeCore, type FakeCore, settle } from './fake-core.ts'

const summary = (id: number, fields: Partial<ExchangeSummary> = {}): ExchangeSummary => ({
  id,
  traceId: `t${id}`,
  at: id,
  durationMs: 1,
  issuer: 'default',
  direction: 'inbound',
  replayOf: null,
  endpoint: 'token',
  method: 'POST',
  target: '/token',
  status: 200,
  error: null,
  grantType: 'password',
  clientId: 'demo-spa',
  userId: 'alice',
  failedChecks: 0,
  faults: [],
  ...fields,
})

/** Newest first: from..to. */
const page = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => summary(from - index))

let core: FakeCore
let feed: ExchangeFeed
let deferred: (() => void)[]
let seq = 0

beforeEach(() => {
  core = createFakeCore()
  deferred = []
  feed = createExchangeFeed(createClient(core), { defer: (run) => deferred.push(run), pageSize: 3, keep: 5 })
})

const ids = () => feed.store.getState().rows.map(({ id }) => id)
const inputs = () => core.calls.map(({ input }) => input)
const answer = (rows: ExchangeSummary[], total = rows.length) =>
  core.answer('exchanges.list', { total, rows })

const event = (fields: object) => ({ launch: 'test', seq: ++seq, ...fields }) as SequencedEvent
const record = (exchange: ExchangeSummary) => feed.note(event({ type: 'exchange', exchange }))

async function flush() {
  for (const run of deferred.splice(0)) run()
  await settle()
}

async function watch(rows: ExchangeSummary[], total = rows.length) {
  answer(rows, total)
  feed.watch()
  await settle()
}

test('nothing is asked for until somebody watches, and what came in between is in the first answer', async () => {
  record(summary(1))
  await flush()
  expect(core.calls).toEqual([])
  await watch([summary(1)])
  expect(ids()).toEqual([1])
  expect(feed.store.getState()).toMatchObject({ total: 1, complete: true, endpoints: ['token'] })
})

test('exchanges come in on top in one go, without another question', async () => {
  await watch([summary(1)])
  record(summary(2))
  record(summary(3))
  expect(ids()).toEqual([1])
  await flush()
  expect(ids()).toEqual([3, 2, 1])
  expect(feed.store.getState().total).toBe(3)
  expect(core.calls).toHaveLength(1)
})

test('an exchange recorded while an answer is on its way is neither lost nor shown twice', async () => {
  answer([summary(1)])
  const release = core.hold('exchanges.list')
  feed.watch()
  record(summary(1))
  record(summary(2))
  await flush()
  release()
  await settle()
  expect(ids()).toEqual([2, 1])
  await flush()
  expect(ids()).toEqual([2, 1])
})

test('older pages are asked for by the last id and join below; the end is known', async () => {
  await watch(page(9, 7), 5)
  answer(page(6, 5), 5)
  feed.loadOlder()
  feed.loadOlder()
  await settle()
  expect(ids()).toEqual([9, 8, 7, 6, 5])
  feed.loadOlder()
  expect(inputs()).toEqual([{ limit: 3 }, { limit: 3, before: 7 }])
})

test('rows beyond what is kept fall off the end, unless they were asked for', async () => {
  await watch(page(3, 1), 3)
  for (let id = 4; id <= 7; id++) record(summary(id))
  await flush()
  expect(ids()).toEqual([7, 6, 5, 4, 3])
  expect(feed.store.getState()).toMatchObject({ total: 7, complete: false })
  answer(page(2, 1), 7)
  feed.loadOlder()
  await settle()
  record(summary(8))
  await flush()
  expect(ids()).toHaveLength(7)
})

describe('a filter', () => {
  test('by outcome and endpoint lets only matching exchanges in', async () => {
    await watch([])
    feed.setFilter({ outcome: 'refused', endpoint: 'token' })
    await settle()
    record(summary(1))
    record(summary(2, { status: 400 }))
    record(summary(3, { status: 401, endpoint: 'me' }))
    await flush()
    expect(ids()).toEqual([2])
    expect(feed.store.getState().endpoints).toEqual(['me', 'token'])
  })

  test('by what faults struck lets those in, whatever came of them', async () => {
    await watch([])
    feed.setFilter({ outcome: 'struck' })
    await settle()
    const faults = [{ id: 'f', name: 'Slow', did: 'waits 5 s before the work' }]
    record(summary(1, { status: 400 }))
    record(summary(2, { faults }))
    record(summary(3, { faults, status: 503 }))
    await flush()
    expect(ids()).toEqual([3, 2])
  })

  test('by text asks the core what of the new ones matches', async () => {
    await watch([])
    feed.setFilter({ search: ' alice ' })
    await settle()
    answer([summary(2)])
    record(summary(1))
    record(summary(2))
    await flush()
    expect(ids()).toEqual([2])
    expect(inputs()).toEqual([{ limit: 3 }, { limit: 3, search: 'alice' }, { limit: 3, search: 'alice' }])
  })

  test('drops the answer to an earlier one', async () => {
    await watch([])
    const release = core.hold('exchanges.list')
    feed.setFilter({ endpoint: 'me' })
    feed.setFilter({})
    answer([summary(1)])
    release()
    await settle()
    expect(feed.store.getState().loading).toBe(true)
    release()
    await settle()
    expect(ids()).toEqual([1])
  })
})

describe('paused', () => {
  test('it stands still, counts, and catches up', async () => {
    await watch([summary(1)])
    feed.pause()
    record(summary(2))
    await flush()
    expect(ids()).toEqual([1])
    expect(feed.store.getState()).toMatchObject({ live: false, missed: 1 })
    answer([summary(2), summary(1)])
    feed.resume()
    await settle()
    expect(ids()).toEqual([2, 1])
    expect(feed.store.getState()).toMatchObject({ live: true, missed: 0 })
  })

  test('another filter shows nothing newer than the pause', async () => {
    await watch([summary(4)])
    feed.pause()
    feed.setFilter({ outcome: 'ok' })
    await settle()
    expect(inputs().at(-1)).toEqual({ limit: 3, before: 5, outcome: 'ok' })
  })

  test('after more than a page, the list starts anew instead of having a gap', async () => {
    await watch(page(3, 1), 3)
    feed.pause()
    answer(page(20, 18), 20)
    feed.resume()
    await settle()
    expect(ids()).toEqual([20, 19, 18])
    expect(feed.store.getState().complete).toBe(false)
  })
})

test('cleared traces empty the list, also of what was about to come in', async () => {
  await watch([summary(1)])
  record(summary(2))
  answer([])
  feed.note(event({ type: 'changed', noun: 'traces' }))
  await flush()
  expect(ids()).toEqual([])
  feed.note(event({ type: 'changed', noun: 'users' }))
  await flush()
  expect(core.calls).toHaveLength(2)
})

test('a failure is kept with the rows there were, and passes', async () => {
  await watch([summary(1)])
  core.refuse('exchanges.list', { code: 'internal', message: 'no' })
  feed.invalidate()
  await flush()
  expect(feed.store.getState()).toMatchObject({ loading: false, error: { code: 'internal' } })
  expect(ids()).toEqual([1])
  answer([summary(1)])
  feed.invalidate()
  await flush()
  expect(feed.store.getState().error).toBeNull()
})
