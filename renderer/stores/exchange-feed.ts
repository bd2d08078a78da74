import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractClient } from '../../shared/contract/client.ts'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import type { ExchangeSummary } from '../../shared/contract/operations/traces.ts'
import {
  type FeedFilter,
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

export function createExchangeFeed(
  client: ContractClient,
  { defer, pageSize = 200, keep = 5000 }: FeedOptions,
): ExchangeFeed {
  const store = createStore<FeedState>(() => ({
    filter: {},
    rows: [],
    total: null,
    complete: false,
    loading: false,
    error: null,
    live: true,
    missed: 0,
    endpoints: [],
  }))
  let watchers = 0
  let stale = true
  let arrived: ExchangeSummary[] = []
  let flushing = false
  /** Answers to questions asked before this one was are dropped. */
  let generation = 0
  let kept = keep
  /** While paused, what is newer stays out. */
  let ceiling: number | null = null

  async function ask(kind: PageKind, asked = ++generation) {
    const { filter, rows } = store.getState()
    if (kind !== 'older') {
      stale = false
      arrived = []
    }
    const newest = ceiling === null ? undefined : ceiling + 1
    const before = kind === 'older' ? rows.at(-1)?.id : newest
    store.setState({ loading: true })
    try {
      const answer = await client.call('exchanges.list', inputOf(filter, pageSize, before))
      if (asked === generation) take(kind, answer)
    } catch (error) {
      if (asked === generation) store.setState({ error: asContractError(error), loading: false })
    }
  }

  function take(kind: PageKind, page: { total: number; rows: Rows }) {
    const { rows: before, filter, complete, endpoints } = store.getState()
    const placed = placePage(before, kind, page.rows, pageSize)
    const rows = filter.search
      ? placed.rows
      : mergeRows(
          placed.rows,
          arrived.filter((exchange) => matches(exchange, filter)),
        )
    kept = kind === 'older' ? Math.max(kept, rows.length) : placed.replaced ? keep : kept
    store.setState({
      rows,
      total: Math.max(page.total, rows.length),
      complete: kind === 'newest' && !placed.replaced ? complete : page.rows.length < pageSize,
      loading: false,
      error: null,
      endpoints: withEndpoints(endpoints, page.rows),
    })
    if (filter.search && arrived.length > 0) schedule()
  }

  function flush() {
    flushing = false
    const { filter, loading, live, rows, total } = store.getState()
    // An answer on its way takes in what has arrived meanwhile.
    if (watchers === 0 || loading) return
    if (stale || total === null) return void ask('first')
    if (!live || arrived.length === 0) return
    if (filter.search) return void ask('newest')
    const fresh = arrived.filter((exchange) => matches(exchange, filter) && exchange.id > (rows[0]?.id ?? 0))
    arrived = []
    if (fresh.length === 0) return
    const merged = mergeRows(rows, fresh)
    store.setState({
      rows: merged.slice(0, kept),
      total: total + fresh.length,
      complete: store.getState().complete && merged.length <= kept,
    })
  }

  function schedule() {
    if (flushing) return
    flushing = true
    defer(flush)
  }

  function noteExchange(exchange: ExchangeSummary) {
    const { live, missed, filter, endpoints } = store.getState()
    store.setState({ endpoints: withEndpoints(endpoints, [exchange]) })
    if (!live) {
      if (matches(exchange, filter)) store.setState({ missed: missed + 1 })
      return
    }
    if (watchers === 0) stale = true
    else arrived.push(exchange)
    schedule()
  }

  function invalidate() {
    stale = true
    generation++
    arrived = []
    store.setState({ missed: 0, loading: false })
    schedule()
  }

  return {
    store,
    watch() {
      watchers++
      if (stale && !store.getState().loading) void ask('first')
      return () => {
        watchers--
      }
    },
    setFilter(filter) {
      if (sameFilter(filter, store.getState().filter)) return
      store.setState({ filter, missed: 0 })
      void ask('first')
    },
    loadOlder() {
      const { complete, loading, rows } = store.getState()
      if (!complete && !loading && rows.length > 0) void ask('older')
    },
    pause() {
      if (!store.getState().live) return
      ceiling = store.getState().rows[0]?.id ?? 0
      store.setState({ live: false, missed: 0 })
    },
    resume() {
      if (store.getState().live) return
      ceiling = null
      store.setState({ live: true, missed: 0 })
      void ask('newest')
    },
    invalidate,
    note(event) {
      if (event.type === 'exchange') return noteExchange(event.exchange)
      const cause = causeOf(event)
      if (cause === 'traces' || cause === null) invalidate()
    },
  }
}

const inputOf = (
  { outcome, endpoint, search }: FeedFilter,
  limit: number,
  before: number | undefined,
): InputOf<'exchanges.list'> => ({
  limit,
  ...(before === undefined ? {} : { before }),
  ...(outcome ? { outcome } : {}),
  ...(endpoint ? { endpoint } : {}),
  ...(search ? { search } : {}),
})
