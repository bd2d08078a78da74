import { createStore, type StoreApi } from 'zustand/vanilla'

/** Every section the workbench knows a route for; the table of sections says which of them it shows. */
export const sectionIds = [
  'overview',
  'flows',
  'traces',
  'tokens',
  'lab',
  'users',
  'clients',
  'issuers',
  'keys',
  'faults',
  'recipes',
  'settings',
] as const
export type SectionId = (typeof sectionIds)[number]

/** Where the user is: `#/<section>/<id>?<params>`. */
export interface Route {
  section: SectionId
  /** What is selected: a jti, a user id, ... */
  id: string | null
  params: Readonly<Record<string, string>>
}

export const home: Route = { section: 'overview', id: null, params: {} }

const isSection = (text: string): text is SectionId => (sectionIds as readonly string[]).includes(text)

/** Reads a URL fragment; anything that is no route leads home. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = splitOnce(fragment.replace(/^#\/?/, ''), '?')
  const [section = '', ...rest] = path.split('/')
  if (!isSection(section)) return home
  const id = decode(rest.join('/'))
  return { section, id: id || null, params: Object.fromEntries(new URLSearchParams(query)) }
}

export function formatRoute({ section, id, params }: Route): string {
  const query = new URLSearchParams(params).toString()
  return `#/${section}${id === null ? '' : `/${encodeURIComponent(id)}`}${query ? `?${query}` : ''}`
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The part of `window` that navigation needs. */
export interface Address {
  fragment(): string
  push(fragment: string): void
  replace(fragment: string): void
  /** Called on back, forward and edits of the address bar. */
  onChange(listener: () => void): () => void
}

export interface Navigation {
  store: StoreApi<Route>
  /** Goes there; the back button returns. */
  go(section: SectionId, id?: string | null, params?: Record<string, string>): void
  /** Changes what is selected without a step in the history. */
  select(id: string | null): void
  setParams(params: Record<string, string>): void
  close(): void
}

export function createNavigation(address: Address): Navigation {
  const store = createStore<Route>(() => parseRoute(address.fragment()))
  const show = (route: Route) => store.setState(route, true)
  const stop = address.onChange(() => show(parseRoute(address.fragment())))
  const replace = (route: Route) => {
    address.replace(formatRoute(route))
    show(route)
  }
  return {
    store,
    go(section, id = null, params = {}) {
      const route = { section, id, params }
      if (formatRoute(route) === formatRoute(store.getState())) return
      address.push(formatRoute(route))
      show(route)
    },
    select: (id) => replace({ ...store.getState(), id }),
    setParams: (params) => replace({ ...store.getState(), params }),
    close: stop,
  }
}
