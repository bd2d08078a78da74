import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Storage } from './theme.ts'

/** Whether this tab tells of refused requests through the browser; the desktop app has a preference of its own. */
export interface Notices {
  store: StoreApi<{ on: boolean }>
  set(on: boolean): void
}

const storageKey = 'grantscope.notices'

export function createNotices(storage: Storage): Notices {
  const store = createStore(() => ({ on: read(storage) }))
  return {
    store,
    set(on) {
      store.setState({ on })
      try {
        storage.setItem(storageKey, on ? 'on' : 'off')
      } catch {
        // Denied storage only means the choice is forgotten with the page.
      }
    },
  }
}

function read(storage: Storage): boolean {
  try {
    return storage.getItem(storageKey) === 'on'
  } catch {
    return false
  }
}
