import type { ProfileIssuer } from '../../../shared/contract/operations/flow-profiles.ts'
import type {
  FlowAbilities,
  FlowKind,
  FlowParameter,
  LoginBy,
  StartInput,
} from '../../../shared/contract/operations/flows.ts'

/** What the form of a new flow holds. */
export interface StartForm {
  kind: FlowKind['id']
  /** Null: the built-in default issuer with a demo client, or that of `from`. */
  profileId: string | null
  label: string
  /** As typed, by name; those never touched are absent. */
  parameters: Readonly<Record<string, string>>
  dpop: boolean
  by: LoginBy
  userId: string | null
  /** A run whose tokens are taken over. */
  from: string | null
}

export const parameterValue = (
  form: Pick<StartForm, 'parameters'>,
  { name, default: byDefault }: FlowParameter,
) => form.parameters[name] ?? byDefault ?? ''

/** Those of this kind that say something else than their default. */
export function parametersOf(form: Pick<StartForm, 'parameters'>, kind: FlowKind): Record<string, string> {
  const changed = kind.parameters.filter(
    (parameter) => parameterValue(form, parameter) !== (parameter.default ?? ''),
  )
  return Object.fromEntries(changed.map((parameter) => [parameter.name, parameterValue(form, parameter)]))
}

export function toStartInput(form: StartForm, kind: FlowKind): StartInput {
  return {
    kind: kind.id,
    ...(form.profileId === null ? {} : { profileId: form.profileId }),
    label: form.label || (form.by === 'robot' && kind.login ? (form.userId ?? '') : ''),
    parameters: parametersOf(form, kind),
    options: kind.options.includes('dpop') ? { dpop: form.dpop } : {},
    login: { by: form.by, userId: form.by === 'robot' ? form.userId : null },
    ...(form.from === null ? {} : { from: form.from }),
  }
}

/** Those most runs are about; the others are seldom touched. */
const common = new Set([
  'scope',
  'code_challenge_method',
  'prompt',
  'acr_values',
  'resource',
  'url',
  'method',
])

export const isCommon = ({ name, required, type }: FlowParameter): boolean =>
  required || type === 'token' || common.has(name)

/** Parameters without which the run could do nothing, and which are still empty. A token may come from another run. */
export const missingParameters = (form: StartForm, kind: FlowKind): FlowParameter[] =>
  kind.parameters.filter(
    (parameter) =>
      parameter.required &&
      parameterValue(form, parameter) === '' &&
      !(parameter.type === 'token' && form.from !== null),
  )

/** A robot logs in where it knows the pages: at an issuer of this workspace. */
export const loginsFor = (abilities: FlowAbilities, issuer: ProfileIssuer | null): LoginBy[] =>
  abilities.logins.filter((by) => by !== 'robot' || issuer === null || issuer.kind === 'built-in')

export const loginWords: Readonly<Record<LoginBy, { label: string; about: string }>> = {
  robot: {
    label: 'Robot',
    about: 'Grantscope fills in the login pages of the built-in issuer as the user you choose.',
  },
  browser: {
    label: 'Your browser',
    about: 'The system’s browser opens the issuer’s page; a listener on this machine takes the redirect.',
  },
  window: {
    label: 'Own window',
    about:
      'A window of Grantscope that shares no cookies with anything else, so that every run logs in anew.',
  },
}
