import { type FieldIssue, fieldErrors } from '../../ui/format/issues.ts'
import type { FaultForm } from './fault-form.ts'

type FormField = Exclude<keyof FaultForm, 'action'>

export interface FormErrors {
  /** By field of the form. */
  fields: Partial<Record<FormField, string>>
  /** By field of the action. */
  action: Partial<Record<string, string>>
  /** What no field takes, each a sentence. */
  rest: string[]
}

/** Where the core has the fields of the form. */
const places: Readonly<Record<FormField, string>> = {
  name: 'name',
  skip: 'skip',
  every: 'every',
  count: 'count',
  endpoints: 'match.endpoints',
  issuers: 'match.issuers',
  method: 'match.method',
  clientId: 'match.clientId',
  userId: 'match.userId',
  grantType: 'match.grantType',
  parameterName: 'match.parameter.name',
  parameterValue: 'match.parameter.value',
}
const fields = Object.keys(places) as FormField[]

/** Spreads what the core says is wrong over the fields of the form. `prefix` is what the input wraps the fault in. */
export function formErrors(
  issues: readonly FieldIssue[] | undefined,
  actionNames: readonly string[],
  prefix = '',
): FormErrors {
  const actionPlaces = actionNames.map((name) => `action.${name}`)
  const { fields: found, rest } = fieldErrors(issues, [...Object.values(places), ...actionPlaces], prefix)
  return {
    fields: Object.fromEntries(fields.map((field) => [field, found[places[field]]])),
    action: Object.fromEntries(actionNames.map((name) => [name, found[`action.${name}`]])),
    rest: rest.map(({ path, message }) => `${path} ${message}`),
  }
}
