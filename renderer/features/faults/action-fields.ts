import type { FaultKind } from '../../../shared/contract/faults/actions/index.ts'
import { type JwksEdit, jwksEdits } from '../../../shared/contract/faults/actions/jwks.ts'
import {
  type FaultEndpoint,
  faultEndpoints,
  tokenMembers,
} from '../../../shared/contract/faults/endpoints.ts'
import { tokenBreaks } from '../../../shared/protocol/breaks/index.ts'
import type { Field, Option } from '../../ui/fields/field.ts'

type FieldsOf = (endpoints: readonly FaultEndpoint[]) => readonly Field[]

const when: Field = {
  field: 'when',
  label: 'When',
  name: 'when',
  about: 'Before or after the work that was asked for.',
  control: {
    kind: 'choice',
    options: [
      { value: 'before', label: 'Before the work', about: 'nothing is issued, used up or changed.' },
      {
        value: 'after',
        label: 'After the work',
        about: 'what was issued or used up stays so, and the client never hears of it.',
      },
    ],
  },
}

const token: Field = {
  field: 'token',
  label: 'Token',
  name: 'token',
  about: 'Which of the answer.',
  control: { kind: 'choice', options: tokenMembers.map((value) => ({ value, label: value })) },
}

const body = (about: string, nullMeans?: string): Field => ({
  field: 'body',
  label: 'Body',
  name: 'body',
  about,
  control: { kind: 'lines', ...(nullMeans === undefined ? {} : { nullMeans }) },
})

const patch = (about: string, placeholder: string): Field => ({
  field: 'patch',
  label: 'Changes',
  name: 'patch',
  about,
  control: { kind: 'json', placeholder },
})

const tables: Readonly<Record<FaultKind, FieldsOf>> = {
  error: (endpoints) => [
    {
      field: 'code',
      label: 'Error',
      name: 'error',
      about: 'Of those the standards let the endpoint answer.',
      control: { kind: 'choice', options: optionsOf(commonErrors(endpoints)) },
    },
    {
      field: 'description',
      label: 'Description',
      name: 'error_description',
      about: 'For the developer of the client, never for its users.',
      control: { kind: 'text' },
    },
  ],
  answer: () => [
    {
      field: 'status',
      label: 'Status',
      name: 'status',
      about: 'From 200 to 599.',
      control: { kind: 'number', min: 200, max: 599, suffix: '' },
    },
    {
      field: 'headers',
      label: 'Headers',
      name: 'headers',
      about: 'Beside those that every answer has.',
      control: { kind: 'pairs', noun: 'header', names: ['content-type', 'retry-after', 'www-authenticate'] },
    },
    body('Sent as it stands.'),
  ],
  delay: () => [
    {
      field: 'ms',
      label: 'How long',
      name: 'ms',
      about: 'In real time, whatever the clock of the issuer shows.',
      control: { kind: 'number', min: 1, max: 600_000, suffix: ' ms' },
    },
    when,
  ],
  hang: () => [when],
  drop: () => [when],
  cut: () => [
    {
      field: 'percent',
      label: 'How much is sent',
      name: 'percent',
      about: 'Of the body, before the connection is dropped.',
      control: { kind: 'number', min: 0, max: 99, suffix: ' %' },
    },
  ],
  content: () => [
    {
      field: 'contentType',
      label: 'Content type',
      name: 'content-type',
      about: 'Left empty, it is as it was.',
      control: { kind: 'text', placeholder: 'text/html' },
    },
    body('In place of the real one.', 'As it is'),
  ],
  patch: () => [patch('A merge patch (RFC 7396): a null takes a member away.', '{ "expires_in": null }')],
  redirect: (endpoints) => [
    {
      field: 'set',
      label: 'Parameters',
      name: 'set',
      about: 'What they are to be, or that they go.',
      control: {
        kind: 'pairs',
        noun: 'parameter',
        names: [...new Set(orAll(endpoints).flatMap(({ redirect }) => redirect))],
        nullMeans: 'Take it away',
      },
    },
  ],
  claims: () => [
    token,
    patch('A merge patch (RFC 7396) over its claims; then it is signed for real.', '{ "nonce": "another" }'),
  ],
  break: () => [
    token,
    {
      field: 'breakId',
      label: 'Way',
      name: 'breakId',
      about: 'One of those of the JWT lab.',
      control: {
        kind: 'choice',
        options: tokenBreaks.map(({ id, title, theme }) => ({ value: id, label: title, group: theme })),
      },
    },
  ],
  jwks: () => [
    {
      field: 'edit',
      label: 'The JWKS',
      name: 'edit',
      about: 'What is wrong with it.',
      control: {
        kind: 'choice',
        options: (Object.keys(jwksEdits) as JwksEdit[]).map((edit) => ({
          value: edit,
          label: jwksEdits[edit],
        })),
      },
    },
  ],
}

/** The fields of one kind of action. What can be chosen is limited to what fits all the endpoints, where there are any. */
export const actionFields = (kind: FaultKind, endpoints: readonly FaultEndpoint[]): readonly Field[] =>
  tables[kind](endpoints)

const orAll = (endpoints: readonly FaultEndpoint[]) => (endpoints.length > 0 ? endpoints : faultEndpoints)

/** What each of the endpoints may answer; without any, what one of all may. */
function commonErrors(endpoints: readonly FaultEndpoint[]): string[] {
  const all = [...new Set(orAll(endpoints).flatMap(({ errors }) => errors))]
  return all.filter((code) => endpoints.every(({ errors }) => errors.includes(code)))
}

const optionsOf = (names: readonly string[]): Option[] => names.map((value) => ({ value, label: value }))
