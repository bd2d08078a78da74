import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import type { Workbench } from '../../stores/workbench.ts'

/** Which tokens of the ledger are marked, to do one thing to all of them. */
export interface Selection {
  marked: ReadonlySet<string>
  /** The row marked last, where a range begins. */
  anchor: number | null
  /** Instead of single marks: everything that matches, now and when something is done to it. */
  matching: TokenFilter | null
}

const none: Selection = { marked: new Set(), anchor: null, matching: null }
const stores = new WeakMap<Workbench, StoreApi<Selection>>()

/** The selection of one window; it outlives visits to other sections. */
export function selectionOf(workbench: Workbench): StoreApi<Selection> {
  const known = stores.get(workbench)
  if (known) return known
  const store = createStore<Selection>(() => none)
  stores.set(workbench, store)
  return store
}

/** Marks a row or takes its mark away. */
export function toggled({ marked }: Selection, index: number, jti: string): Selection {
  const next = new Set(marked)
  if (!next.delete(jti)) next.add(jti)
  return { marked: next, anchor: index, matching: null }
}

/** The rows from the one marked last to this one. */
export function rangeTo({ anchor }: Selection, index: number): { first: number; count: number } {
  const from = anchor ?? index
  return { first: Math.min(from, index), count: Math.abs(from - index) + 1 }
}

/** Marks these as well; `anchor` is where the range began. */
export const extended = ({ marked }: Selection, jtis: readonly string[], anchor: number): Selection => ({
  marked: new Set([...marked, ...jtis]),
  anchor,
  matching: null,
})

export const allOf = (jtis: readonly string[]): Selection => ({
  marked: new Set(jtis),
  anchor: null,
  matching: null,
})
/** All that match, where they are too many to name. */
export const allMatching = (filter: TokenFilter): Selection => ({ ...none, matching: filter })
export const noneOf = (): Selection => none
