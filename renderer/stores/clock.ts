import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ClockState } from '../../shared/contract/operations/status.ts'

/** The issuer's clock, followed between two answers of the core by the time that passed here. */
export interface IssuerClock {
  store: StoreApi<{ setting: ClockState | null }>
  /** The issuer's time in epoch milliseconds; this machine's until the core has told its own. */
  now(): number
  follow(setting: ClockState): void
  /** One shared tick a second, only while somebody listens. */
  subscribe(listener: () => void): () => void
}

export interface Timers {
  now(): number
  setInterval(run: () => void, milliseconds: number): unknown
  clearInterval(handle: unknown): void
}

export function createClock(timers: Timers): IssuerClock {
  const store = createStore<{ setting: ClockState | null }>(() => ({ setting: null }))
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  let receivedAt = timers.now()
  let handle: unknown

  return {
    store,
    now() {
      const { setting } = store.getState()
      if (!setting) return timers.now()
      return setting.frozen ? setting.now : setting.now + (timers.now() - receivedAt)
    },
    follow(setting) {
      receivedAt = timers.now()
      store.setState({ setting })
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      handle ??= timers.setInterval(tell, 1000)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        timers.clearInterval(handle)
        handle = undefined
      }
    },
  }
}

/** Whether the clock shows something else than real time. */
export const isSimulated = (setting: ClockState | null): boolean =>
  setting !== null && (setting.frozen || setting.offsetMs !== 0)
