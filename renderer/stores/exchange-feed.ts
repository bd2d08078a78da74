import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractClient } from '../../shared/contract/client.ts'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import type { ExchangeSummary } from '../../shared/contract/operations/traces.ts'
import {
  type FeedFilter,
  isLeftToCore,
  matches,
  mergeRows,
  type PageKind,
  placePage,
  type Rows,
  sameFilter,
  withEndpoints,
} from './feed-rows.ts'
import { asContractError } from './queries.ts'
import { causeOf } from './query-table.ts'

export interface FeedState {
  filter: FeedFilter
  /** Newest first, without gaps. */
  rows: Rows
  /** How many match in all; null before the first answer. */
  total: number | null
  /** Nothing older than the last row is recorded. */
  complete: boolean
  loading: boolean
  error: ContractError | null
  /** Whether new exchanges come in by themselves. */
  live: boolean
  /** Exchanges recorded since the feed was paused. */
  missed: number
  /** Names of the endpoints seen so far, whatever the filter. */
  endpoints: readonly string[]
}

/** The list of exchanges, growing at the top as they are recorded. */
export interface ExchangeFeed {
  store: StoreApi<FeedState>
  /** Keeps the list fresh for as long as somebody watches. Returns how to stop. */
  watch(): () => void
  setFilter(filter: FeedFilter): void
  loadOlder(): void
  pause(): void
  resume(): void
  /** Reads again: the list may be another one altogether (cleared, imported, events missed). */
  invalidate(): void
  /** To be told every event of the core. */
  note(event: SequencedEvent): void
}

export interface FeedOptions {
  /** Runs once, later: exchanges come in bursts. */
  defer: (run: () => void) => void
  pageSize?: number
  /** Rows kept when nobody asked for older ones. */
  keep?: number
}

interface Feed {
  readonly client: ContractClient
  readonly store: StoreApi<FeedState>
  readonly options: Required<FeedOptions>
  watchers: number
  stale: boolean
  /** Recorded since the last question, and perhaps not in its answer. */
  arrived: ExchangeSummary[]
  flushing: boolean
  /** Answers to questions asked before the latest one are dropped. */
  generation: number
  /** Rows kept: more once older ones were asked for. */
  kept: number
  /** While paused, what is newer stays out. */
  ceiling: number | null
}

export function createExchangeFeed(client: ContractClient, options: FeedOptions): ExchangeFeed {
  const feed = newFeed(client, { pageSize: 200, keep: 5000, ...options })
  const { store } = feed
  return {
    store,
    watch() {
      feed.watchers++
      if (feed.stale && !store.getState().loading) void ask(feed, 'first')
      return () => {
        feed.watchers--
      }
    },
    setFilter(filter) {
      if (sameFilter(filter, store.getState().filter)) return
      store.setState({ filter, missed: 0 })
      void ask(feed, 'first')
    },
    loadOlder() {
      const { complete, loading, rows } = store.getState()
      if (!complete && !loading && rows.length > 0) void ask(feed, 'older')
    },
    pause() {
      if (!store.getState().live) return
      feed.ceiling = store.getState().rows[0]?.id ?? 0
      store.setState({ live: false, missed: 0 })
    },
    resume() {
      if (store.getState().live) return
      feed.ceiling = null
      store.setState({ live: true, missed: 0 })
      void ask(feed, 'newest')
    },
    invalidate: () => invalidate(feed),
    note(event) {
      if (event.type === 'exchange') return noteExchange(feed, event.exchange)
      const cause = causeOf(event)
      if (cause === 'traces' || cause === null) invalidate(feed)
    },
  }
}

const newFeed = (client: ContractClient, options: Required<FeedOptions>): Feed => ({
  client,
  options,
  store: createStore<FeedState>(() => ({
    filter: {},
    rows: [],
    total: null,
    complete: false,
    loading: false,
    error: null,
    live: true,
    missed: 0,
    endpoints: [],
  })),
  watchers: 0,
  stale: true,
  arrived: [],
  flushing: false,
  generation: 0,
  kept: options.keep,
  ceiling: null,
})

async function ask(feed: Feed, kind: PageKind): Promise<void> {
  const { client, store, options } = feed
  const asked = ++feed.generation
  const { filter, rows } = store.getState()
  if (kind !== 'older') {
    feed.stale = false
    feed.arrived = []
  }
  const newest = feed.ceiling === null ? undefined : feed.ceiling + 1
  const before = kind === 'older' ? rows.at(-1)?.id : newest
  store.setState({ loading: true })
  try {
    const page = await client.call('exchanges.list', inputOf(filter, options.pageSize, before))
    if (asked === feed.generation) take(feed, kind, page)
  } catch (error) {
    if (asked === feed.generation) store.setState({ error: asContractError(error), loading: false })
  }
}

function take(feed: Feed, kind: PageKind, page: { total: number; rows: Rows }): void {
  const { store, options, arrived } = feed
  const { rows: before, filter, complete, endpoints } = store.getState()
  const placed = placePage(before, kind, page.rows, options.pageSize)
  const rows = mergeRows(placed.rows, isLeftToCore(filter) ? [] : matching(arrived, filter))
  if (kind === 'older') feed.kept = Math.max(feed.kept, rows.length)
  else if (placed.replaced) feed.kept = options.keep
  store.setState({
    rows,
    total: Math.max(page.total, rows.length),
    complete: kind === 'newest' && !placed.replaced ? complete : page.rows.length < options.pageSize,
    loading: false,
    error: null,
    endpoints: withEndpoints(endpoints, page.rows),
  })
  if (isLeftToCore(filter) && arrived.length > 0) schedule(feed)
}

function schedule(feed: Feed): void {
  if (feed.flushing) return
  feed.flushing = true
  feed.options.defer(() => {
    feed.flushing = false
    flush(feed)
  })
}

function flush(feed: Feed): void {
  const { loading, live, total, filter } = feed.store.getState()
  // An answer on its way takes in what has arrived meanwhile.
  if (feed.watchers === 0 || loading) return
  if (feed.stale || total === null) return void ask(feed, 'first')
  if (!live || feed.arrived.length === 0) return
  if (isLeftToCore(filter)) return void ask(feed, 'newest')
  insertArrived(feed, total)
}

function insertArrived(feed: Feed, total: number): void {
  const { rows, filter, complete } = feed.store.getState()
  const newest = rows[0]?.id ?? 0
  const fresh = matching(feed.arrived, filter).filter(({ id }) => id > newest)
  feed.arrived = []
  if (fresh.length === 0) return
  const merged = mergeRows(rows, fresh)
  feed.store.setState({
    rows: merged.slice(0, feed.kept),
    total: total + fresh.length,
    complete: complete && merged.length <= feed.kept,
  })
}

function noteExchange(feed: Feed, exchange: ExchangeSummary): void {
  const { live, missed, filter, endpoints } = feed.store.getState()
  feed.store.setState({ endpoints: withEndpoints(endpoints, [exchange]) })
  if (!live) {
    if (matches(exchange, filter)) feed.store.setState({ missed: missed + 1 })
    return
  }
  if (feed.watchers === 0) feed.stale = true
  else feed.arrived.push(exchange)
  schedule(feed)
}

function invalidate(feed: Feed): void {
  feed.stale = true
  feed.generation++
  feed.arrived = []
  feed.store.setState({ missed: 0, loading: false })
  schedule(feed)
}

const matching = (exchanges: Rows, filter: FeedFilter): Rows =>
  exchanges.filter((exchange) => matches(exchange, filter))

const inputOf = (
  { search, ...exact }: FeedFilter,
  limit: number,
  before: number | undefined,
): InputOf<'exchanges.list'> => ({
  limit,
  ...(before === undefined ? {} : { before }),
  ...Object.fromEntries(Object.entries(exact).filter(([, value]) => value)),
  ...(search?.trim() ? { search: search.trim() } : {}),
})
