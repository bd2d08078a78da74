import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractClient } from '../../shared/contract/client.ts'
import { ContractError } from '../../shared/contract/envelope.ts'
import type { InputOf, OutputOf } from '../../shared/contract/operations/index.ts'
import { type Cause, type QueryName, readsOf } from './query-table.ts'

export interface QueryState<T> {
  /** The last answer, kept while a newer one is on its way and when that fails. */
  data: T | undefined
  error: ContractError | null
  loading: boolean
}

export interface Query<T> {
  store: StoreApi<QueryState<T>>
  /** Keeps the answer fresh for as long as somebody watches. Returns how to stop. */
  watch(): () => void
  reload(): Promise<void>
}

export interface Queries {
  /** The one query for this operation and input; the same object for equal inputs. */
  query<N extends QueryName>(name: N, input: InputOf<N>): Query<OutputOf<N>>
  /** Marks what reads this as stale (all of it for null); what is watched is read again. */
  invalidate(cause: Cause | null): void
}

export interface QueriesOptions {
  /** Runs once, later: events come in bursts and one answer covers them. */
  defer: (run: () => void) => void
  /** How many answers nobody watches are kept. */
  keep?: number
}

interface Entry extends Query<unknown> {
  readonly name: QueryName
  watchers: number
  stale: boolean
}

export function createQueries(client: ContractClient, { defer, keep = 100 }: QueriesOptions): Queries {
  const entries = new Map<string, Entry>()
  let flushing = false

  function flush() {
    flushing = false
    for (const entry of entries.values()) if (entry.stale && entry.watchers > 0) void entry.reload()
  }

  function prune() {
    for (const [key, entry] of entries) {
      if (entries.size <= keep) return
      if (entry.watchers === 0) entries.delete(key)
    }
  }

  return {
    query<N extends QueryName>(name: N, input: InputOf<N>) {
      const key = `${name} ${stableJson(input)}`
      let entry = entries.get(key)
      if (!entry) {
        prune()
        entry = createEntry(client, name, input)
      }
      // Least recently asked for comes first, so that pruning never takes what is about to be watched.
      entries.delete(key)
      entries.set(key, entry)
      // The table ties the name to its answer; the map only forgets it.
      return entry as unknown as Query<OutputOf<N>>
    },
    invalidate(cause) {
      for (const entry of entries.values()) {
        const reads: readonly Cause[] = readsOf[entry.name]
        if (cause === null || reads.includes(cause)) entry.stale = true
      }
      if (flushing) return
      flushing = true
      defer(flush)
    },
  }
}

function createEntry<N extends QueryName>(client: ContractClient, name: N, input: InputOf<N>): Entry {
  const store = createStore<QueryState<unknown>>(() => ({ data: undefined, error: null, loading: false }))
  let running: Promise<void> | null = null

  async function read() {
    store.setState({ loading: true })
    do {
      entry.stale = false
      try {
        store.setState({ data: await client.call(name, input), error: null })
      } catch (error) {
        store.setState({ error: asContractError(error) })
      }
    } while (entry.stale && entry.watchers > 0)
    running = null
    store.setState({ loading: false })
  }

  const entry: Entry = {
    name,
    store,
    watchers: 0,
    stale: true,
    watch() {
      entry.watchers++
      if (entry.stale) void entry.reload()
      return () => {
        entry.watchers--
      }
    },
    reload() {
      if (running) entry.stale = true
      running ??= read()
      return running
    },
  }
  return entry
}

export const asContractError = (error: unknown): ContractError =>
  error instanceof ContractError
    ? error
    : new ContractError('internal', error instanceof Error ? error.message : String(error))

/** JSON with sorted keys, so that equal inputs give equal text. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
