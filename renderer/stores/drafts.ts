import { createStore, type StoreApi } from 'zustand/vanilla'

/** Unsaved edits by the name of what they belong to ("user alice"), so that a look elsewhere loses none. */
export type Drafts = StoreApi<Readonly<Record<string, object>>>

export const createDrafts = (): Drafts => createStore<Readonly<Record<string, object>>>(() => ({}))

/** Lays an edit over those a draft has. */
export function editDraft(drafts: Drafts, name: string, edit: object): void {
  drafts.setState((before) => ({ [name]: { ...before[name], ...edit } }))
}

export function discardDraft(drafts: Drafts, name: string): void {
  drafts.setState(({ [name]: _gone, ...others }) => others, true)
}

/** The edits that say something else than what is stored. */
export function changedFields<T extends object>(stored: T, edits: Partial<T>): Partial<T> {
  const changed = Object.entries(edits).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field as keyof T]),
  )
  return Object.fromEntries(changed) as Partial<T>
}
