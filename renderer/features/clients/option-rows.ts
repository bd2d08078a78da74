import { type ClientOptions, responseSigningAlg } from '../../../shared/contract/operations/client-options.ts'
import type { Control } from '../../ui/fields/field.ts'

/** The options a client has beyond the basics; `checkLevels` has an editor of its own. */
export type OptionField = Exclude<keyof ClientOptions, 'checkLevels'>

/** One option, as a line of a table. */
export type Row = [field: OptionField, name: string, label: string, about: string, control: Control]

export const url = (placeholder?: string): Control => ({ kind: 'text', url: true, placeholder })
export const flag: Control = { kind: 'switch' }
export const named = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
export const algorithm = (
  nullMeans: string,
  values: readonly string[] = responseSigningAlg.options,
): Control => ({
  kind: 'choice',
  options: named(values),
  nullMeans,
})
