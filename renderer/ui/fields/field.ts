export interface Option {
  value: string
  label: string
  /** A sentence on what choosing it means. */
  about?: string
  /** Under which head it is listed; those of one group follow each other. */
  group?: string
}

/** A name and its value; null where the control says what that means. */
export type Pair = readonly [name: string, value: string | null]

/**
 * How a setting is edited, and so what its value is. `nullMeans` says in words what null stands for, where it may be null.
 */
export type Control =
  /** boolean */
  | { kind: 'switch' }
  /** string; blank is null */
  | { kind: 'text'; placeholder?: string; url?: boolean }
  /** one of the options */
  | { kind: 'choice'; options: readonly Option[]; nullMeans?: string }
  /** some of the options, in their order */
  | { kind: 'choices'; options: readonly Option[] }
  /** list of strings */
  | { kind: 'list'; placeholder?: string; nullMeans?: string }
  /** seconds, above zero */
  | { kind: 'duration'; nullMeans?: string }
  /** whole seconds, zero too */
  | { kind: 'seconds'; nullMeans: string }
  /** whole number */
  | { kind: 'number'; min: number; max: number; suffix: string; nullMeans?: string }
  /** string of any number of lines */
  | { kind: 'lines'; placeholder?: string; nullMeans?: string }
  /** list of `[name, value]`; `nullMeans` says what a null as value stands for, where it may be null */
  | { kind: 'pairs'; noun: string; names?: readonly string[]; nullMeans?: string }
  /** object; the text itself while it is none (`isBroken`) */
  | { kind: 'json'; placeholder?: string }

/** One setting: what it is called, what it does, and how it is edited. */
export interface Field<K extends string = string> {
  field: K
  label: string
  /** Its name in the standard or in the workspace file. */
  name: string
  /** What it does, in a sentence. */
  about: string
  control: Control
}

export interface FieldGroup<K extends string = string> {
  id: string
  title: string
  about: string
  fields: readonly Field<K>[]
}

/** Values of settings by field, each as its control has it. */
export type FieldValues<K extends string = string> = Readonly<Record<K, unknown>>

/** Whether a search text is part of what is shown of a setting. */
export function matchesField({ label, name, about }: Field, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [label, name, about].some((text) => text.toLowerCase().includes(wanted))
}

/** The groups with only the fields that match; those without any are left out. */
export const matchingGroups = <K extends string>(
  groups: readonly FieldGroup<K>[],
  search: string,
): FieldGroup<K>[] =>
  groups
    .map((group) => ({ ...group, fields: group.fields.filter((field) => matchesField(field, search)) }))
    .filter(({ fields }) => fields.length > 0)

/** Whether the value is the text of an object that cannot be read as one yet, so that it cannot be saved. */
export const isBroken = ({ control }: Field, value: unknown): boolean =>
  control.kind === 'json' && typeof value === 'string'

/** Whether two values say the same. */
export const sameValue = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
