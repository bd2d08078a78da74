import type { Field, Option } from '../../ui/fields/field.ts'
import type { FaultForm } from './fault-form.ts'

/** What there is to choose from. */
export interface Known {
  clients: readonly string[]
  users: readonly Option[]
  issuers: readonly string[]
}

/** Grants that a token request can be of. */
const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
]

const optionsOf = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }))

/** The value that is there, first, when it is none of the options: a client that was deleted. */
const withValue = (options: readonly Option[], value: string | null): Option[] =>
  value === null || options.some((option) => option.value === value)
    ? [...options]
    : [{ value, label: value }, ...options]

/** Conditions beside the endpoints; all that are set have to be met. */
export function matchFields(form: FaultForm, known: Known): Field<keyof FaultForm>[] {
  const issuers = [...new Set([...known.issuers, ...form.issuers])]
  return [
    {
      field: 'clientId',
      label: 'Client',
      name: 'client_id',
      about: 'Whose request it is.',
      control: {
        kind: 'choice',
        options: withValue(optionsOf(known.clients), form.clientId),
        nullMeans: 'Any client',
      },
    },
    {
      field: 'userId',
      label: 'User',
      name: 'sub',
      about: 'Whom it is about: by name, session, token or code.',
      control: { kind: 'choice', options: withValue(known.users, form.userId), nullMeans: 'Any user' },
    },
    {
      field: 'grantType',
      label: 'Grant',
      name: 'grant_type',
      about: 'Of a token request.',
      control: {
        kind: 'choice',
        options: withValue(optionsOf(grantTypes), form.grantType),
        nullMeans: 'Any grant',
      },
    },
    {
      field: 'method',
      label: 'Method',
      name: 'method',
      about: 'With OPTIONS browsers ask beforehand whether they may.',
      control: {
        kind: 'choice',
        options: optionsOf(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']),
        nullMeans: 'Any but OPTIONS',
      },
    },
    {
      field: 'parameterName',
      label: 'Parameter',
      name: 'parameter.name',
      about: 'In the query, the form or the JSON body.',
      control: { kind: 'text', placeholder: 'prompt' },
    },
    {
      field: 'parameterValue',
      label: 'Its value',
      name: 'parameter.value',
      about: 'Left empty, it is enough that the parameter is there.',
      control: { kind: 'text', placeholder: 'none' },
    },
    ...(issuers.length > 1 ? [issuerField(issuers)] : []),
  ]
}

const issuerField = (issuers: readonly string[]): Field<keyof FaultForm> => ({
  field: 'issuers',
  label: 'Issuers',
  name: 'issuers',
  about: 'None means all.',
  control: { kind: 'choices', options: optionsOf(issuers) },
})

/** How often it strikes. */
export const frequencyFields: readonly Field<keyof FaultForm>[] = [
  {
    field: 'count',
    label: 'How often',
    name: 'count',
    about: 'Then it is spent, until its counters are reset.',
    control: { kind: 'number', min: 1, max: 1_000_000, suffix: ' ×', nullMeans: 'For ever' },
  },
  {
    field: 'skip',
    label: 'Let pass first',
    name: 'skip',
    about: 'Matching requests before the first that is struck.',
    control: { kind: 'number', min: 0, max: 1_000_000, suffix: '', nullMeans: '0' },
  },
  {
    field: 'every',
    label: 'Then one of every',
    name: 'every',
    about: '1 strikes each; 3 the first, the fourth, the seventh.',
    control: { kind: 'number', min: 1, max: 1_000_000, suffix: '', nullMeans: '1' },
  },
]
