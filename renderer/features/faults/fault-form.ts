import {
  definitionOf,
  type FaultAction,
  type FaultKind,
  faultAction,
  faultActions,
} from '../../../shared/contract/faults/actions/index.ts'
import type { FaultFields } from '../../../shared/contract/faults/fault.ts'
import type { FaultMatch } from '../../../shared/contract/faults/match.ts'
import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { Pair } from '../../ui/fields/field.ts'
import { isBroken } from '../../ui/fields/field.ts'
import { actionFields } from './action-fields.ts'

/** An action as its controls have it. */
export interface ActionForm {
  kind: FaultKind
  [field: string]: unknown
}

/** A fault as it is being written: every field as its control has it. */
export interface FaultForm extends Omit<FaultMatch, 'parameter'> {
  name: string
  parameterName: string | null
  parameterValue: string | null
  /** Null while the field is empty, which means the default. */
  skip: number | null
  every: number | null
  /** Null is for ever. */
  count: number | null
  action: ActionForm
}

type Parts = Pick<FaultFields, 'name' | 'match' | 'skip' | 'every' | 'count' | 'action'>

export function toForm({ name, match, skip, every, count, action }: Parts): FaultForm {
  const { parameter, ...conditions } = match
  return {
    name,
    ...conditions,
    parameterName: parameter?.name ?? null,
    parameterValue: parameter?.value ?? null,
    skip,
    every,
    count,
    action: toActionForm(action),
  }
}

const toActionForm = (action: FaultAction): ActionForm =>
  action.kind === 'redirect' ? { ...action, set: Object.entries(action.set) } : { ...action }

/** The action that a kind begins with. */
export const exampleOf = (kind: FaultKind): ActionForm =>
  toActionForm(faultAction.parse(faultActions[kind].example))

/** What is in the form; whether it is right is for the core to judge. */
export const toParts = (form: FaultForm): Parts => ({
  name: form.name,
  match: toMatch(form),
  skip: form.skip ?? 0,
  every: form.every ?? 1,
  count: form.count,
  action: toAction(form.action) as FaultAction,
})

export const toMatch = (form: FaultForm): FaultMatch => ({
  issuers: form.issuers,
  endpoints: form.endpoints,
  method: form.method,
  clientId: form.clientId,
  userId: form.userId,
  grantType: form.grantType,
  parameter: form.parameterName === null ? null : { name: form.parameterName, value: form.parameterValue },
})

/** The parts of a fault that edits touch, whole. */
export function toChanges(form: FaultForm, edited: Partial<FaultForm>): InputOf<'faults.update'>['changes'] {
  const parts = toParts(form)
  const { name, skip, every, count, action, ...conditions } = edited
  return {
    ...(name === undefined ? {} : { name: parts.name }),
    ...(Object.keys(conditions).length === 0 ? {} : { match: parts.match }),
    ...(skip === undefined ? {} : { skip: parts.skip }),
    ...(every === undefined ? {} : { every: parts.every }),
    ...(count === undefined ? {} : { count: parts.count }),
    ...(action === undefined ? {} : { action: parts.action }),
  }
}

function toAction({ kind, ...values }: ActionForm): unknown {
  switch (kind) {
    case 'error':
      return { kind, ...values, description: values.description ?? '' }
    case 'answer':
      return { kind, ...values, headers: named(values.headers), body: values.body ?? '' }
    case 'redirect':
      return { kind, set: Object.fromEntries(named(values.set)) }
    default:
      return { kind, ...values }
  }
}

const named = (pairs: unknown): Pair[] => (pairs as Pair[]).filter(([name]) => name !== '')

/** The action, if the form holds one already. */
export function readAction(form: ActionForm): FaultAction | null {
  const read = faultAction.safeParse(toAction(form))
  return read.success ? read.data : null
}

/** Whether some text in the form cannot be read as what it must be, so that it cannot be saved. */
export const hasBroken = ({ action }: FaultForm): boolean =>
  actionFields(action.kind, []).some((field) => isBroken(field, action[field.field]))

/** What an action does, or what its kind is for while it is not whole. */
export function doesWords(form: ActionForm): string {
  const action = readAction(form)
  return action === null ? '…' : definitionOf(action).says(action)
}

/** What each condition is when there is none. */
export const noConditions: Omit<FaultForm, 'action' | 'name'> = {
  issuers: [],
  endpoints: [],
  method: null,
  clientId: null,
  userId: null,
  grantType: null,
  parameterName: null,
  parameterValue: null,
  skip: 0,
  every: 1,
  count: null,
}

/** What somebody begins with who wants a fault of their own: the commonest of all. */
export const blankForm = (): FaultForm => ({
  ...noConditions,
  name: '',
  endpoints: ['token'],
  count: 1,
  action: exampleOf('error'),
})

const LONGEST_NAME = 100

/** The name, or what the fault does where it has none: "Answers invalid_grant in place of the work". */
export function nameOf({ name, action }: FaultForm): string {
  if (name.trim() !== '') return name
  const words = doesWords(action)
  const short = words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME - 1)}…` : words
  return short.charAt(0).toUpperCase() + short.slice(1)
}
