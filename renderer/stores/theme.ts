import { createStore, type StoreApi } from 'zustand/vanilla'

export type ThemePreference = 'light' | 'dark' | 'system'
export const themePreferences: readonly ThemePreference[] = ['system', 'light', 'dark']

/** Also read by public/theme.js, before the first paint. */
export const themeKey = 'grantscope.theme'

/** The part of localStorage that preferences need. It may throw where storage is denied. */
export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export interface ThemeStore {
  store: StoreApi<{ preference: ThemePreference }>
  set(preference: ThemePreference): void
}

export function createTheme(storage: Storage): ThemeStore {
  const store = createStore(() => ({ preference: read(storage) }))
  return {
    store,
    set(preference) {
      if (preference === store.getState().preference) return
      store.setState({ preference })
      try {
        storage.setItem(themeKey, preference)
      } catch {
        // Denied storage only means the choice is forgotten with the page.
      }
    },
  }
}

function read(storage: Storage): ThemePreference {
  try {
    const value = storage.getItem(themeKey)
    return themePreferences.find((known) => known === value) ?? 'system'
  } catch {
    return 'system'
  }
}
