import { useState } from 'react'

export interface Edits<T extends object> {
  /** What is stored, with the edits laid over it. */
  value: T
  edits: Partial<T>
  dirty: boolean
  set: <K extends keyof T>(field: K, value: T[K]) => void
  discard: () => void
}

/**
 * Edits of a record that goes on changing underneath: fields the user left alone follow the record, edited ones stay until
 * they are saved or discarded. Give the component a `key` of the record's id.
 */
export function useEdits<T extends object>(stored: T): Edits<T> {
  const [edits, setEdits] = useState<Partial<T>>({})
  const real = changedFields(stored, edits)
  return {
    value: { ...stored, ...edits },
    edits: real,
    dirty: Object.keys(real).length > 0,
    set: (field, value) => setEdits((before) => ({ ...before, [field]: value })),
    discard: () => setEdits({}),
  }
}

/** The edits that say something else than what is stored. */
export function changedFields<T extends object>(stored: T, edits: Partial<T>): Partial<T> {
  const changed = Object.entries(edits).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field as keyof T]),
  )
  return Object.fromEntries(changed) as Partial<T>
}
