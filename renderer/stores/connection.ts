import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * `connecting` before the first answer, `closed` when the core stopped answering (tried again), `refused` when it does not know
 * our token (final: only a new URL helps).
 */
export type ConnectionState = 'connecting' | 'open' | 'closed' | 'refused'

export interface Connection {
  store: StoreApi<{ state: ConnectionState }>
  opened(): void
  lost(): void
  refused(): void
}

export function createConnection(): Connection {
  const store = createStore<{ state: ConnectionState }>(() => ({ state: 'connecting' }))
  const to = (state: ConnectionState) => () => {
    if (store.getState().state !== 'refused') store.setState({ state })
  }
  return { store, opened: to('open'), lost: to('closed'), refused: to('refused') }
}
