import { useStore } from 'zustand/react'
import { changedFields, discardDraft, editDraft } from './drafts.ts'
import { useWorkbench } from './hooks.ts'

export interface Edits<T extends object> {
  /** What is stored, with the edits laid over it. */
  value: T
  /** The fields that say something else than what is stored. */
  edits: Partial<T>
  dirty: boolean
  set: <K extends keyof T>(field: K, value: T[K]) => void
  discard: () => void
}

const noEdits = {}

/**
 * Edits of a record that goes on changing underneath: fields the user left alone follow the record, edited ones stay until
 * they are saved or discarded, also while another record or section is shown. `name` tells the drafts apart.
 */
export function useEdits<T extends object>(name: string, stored: T): Edits<T> {
  const { drafts } = useWorkbench()
  const draft = useStore(drafts, (all) => all[name] ?? noEdits) as Partial<T>
  const edits = changedFields(stored, draft)
  return {
    value: { ...stored, ...draft },
    edits,
    dirty: Object.keys(edits).length > 0,
    set: (field, value) => editDraft(drafts, name, { [field]: value }),
    discard: () => discardDraft(drafts, name),
  }
}
