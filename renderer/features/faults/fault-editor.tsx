import { Select, Stack, Text, TextInput } from '@mantine/core'
import { type FaultKind, faultActions } from '../../../shared/contract/faults/actions/index.ts'
import { useOperation } from '../../stores/hooks.ts'
import { sameValue } from '../../ui/fields/field.ts'
import { FieldList, type FieldSource } from '../../ui/fields/field-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { actionFields } from './action-fields.ts'
import { EndpointChoice } from './endpoint-choice.tsx'
import { type ActionForm, doesWords, exampleOf, type FaultForm, noConditions, toMatch } from './fault-form.ts'
import { SentencePanel } from './fault-sentence.tsx'
import classes from './faults.module.css'
import { fitnessOf, misfitWords, namedEndpoints, strikesOf } from './fitness.ts'
import type { FormErrors } from './form-errors.ts'
import { frequencyFields, matchFields } from './match-fields.ts'
import type { Told } from './sentence.ts'

export interface FaultEditorProps {
  form: FaultForm
  set: <K extends keyof FaultForm>(field: K, value: FaultForm[K]) => void
  /** What the fault has stored, to which a kind of action comes back. */
  stored: FaultForm
  errors: FormErrors
  state: Told['state']
  counters: { seen: number; hits: number }
}

/** Every part of a fault, and what it comes to in a sentence. */
export function FaultEditor(props: FaultEditorProps) {
  const { form, set, errors, state, counters } = props
  const { skip, every, count } = form
  return (
    <>
      <SentencePanel
        fault={{
          match: toMatch(form),
          skip: skip ?? 0,
          every: every ?? 1,
          count,
          state,
          ...counters,
          does: doesWords(form.action),
          strikes: strikesOf(form),
        }}
        misfit={misfitWords(form)}
      />
      {errors.rest.map((line) => (
        <Text key={line} c="var(--gs-bad)" fz="sm" role="alert">
          {line}
        </Text>
      ))}
      <ActionPanel {...props} />
      <MatchPanel {...props} />
      <Panel title="How often" testId="fault-frequency">
        <FieldList fields={frequencyFields} source={sourceOf(props)} />
      </Panel>
      <TextInput
        label="Name"
        description="By which lists and traces call it. Left empty, it is called by what it does."
        maxLength={100}
        autoComplete="off"
        value={form.name}
        error={errors.fields.name}
        onChange={(event) => set('name', event.currentTarget.value)}
      />
    </>
  )
}

const kinds = Object.keys(faultActions) as FaultKind[]

function ActionPanel({ form, set, stored, errors }: FaultEditorProps) {
  const { action } = form
  const { kind } = action
  const choose = (next: string | null) => {
    if (next === null || next === kind) return
    set('action', next === stored.action.kind ? stored.action : exampleOf(next as FaultKind))
  }
  const source: FieldSource = {
    values: action,
    errors: errors.action,
    isOwn: () => false,
    set: (field, value) => set('action', { ...action, [field]: value } as ActionForm),
    reset: () => {},
    resetMeans: '',
  }
  const fields = actionFields(kind, namedEndpoints(form))
  return (
    <Panel title="What it does" testId="fault-action">
      <Stack gap="md">
        <Select
          label="Kind"
          description={faultActions[kind].about}
          maw={460}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: faultActions[value].title }))}
          value={kind}
          onChange={choose}
        />
        {fields.length > 0 && <FieldList fields={fields} source={source} />}
      </Stack>
    </Panel>
  )
}

function MatchPanel(props: FaultEditorProps) {
  const { form, set, errors } = props
  const clients = useOperation('clients.list', {})
  const users = useOperation('users.list', {})
  const issuers = useOperation('issuers.list', {})
  const known = {
    clients: clients.data?.map(({ id }) => id) ?? [],
    users: users.data?.map(({ id, username }) => ({ value: id, label: username })) ?? [],
    issuers: issuers.data?.map(({ name }) => name) ?? [],
  }
  return (
    <Panel
      title="Whom it strikes"
      description="Requests that meet every condition set here."
      testId="fault-match"
    >
      <div className={classes.endpoints}>
        <EndpointChoice
          fitness={fitnessOf(form)}
          value={form.endpoints}
          onChange={(endpoints) => set('endpoints', endpoints)}
          error={errors.fields.endpoints ?? misfitWords(form)}
        />
      </div>
      <FieldList fields={matchFields(form, known)} source={sourceOf(props)} />
    </Panel>
  )
}

/** The conditions that are set are marked, with a way back to none. */
function sourceOf({ form, set, errors }: FaultEditorProps): FieldSource<keyof FaultForm> {
  const noneOf = (field: keyof FaultForm) => noConditions[field as keyof typeof noConditions]
  return {
    values: form,
    errors: errors.fields,
    isOwn: (field) => !sameValue(form[field], noneOf(field)),
    set: (field, value) => set(field, value as never),
    reset: (field) => set(field, noneOf(field) as never),
    resetMeans: 'the default',
  }
}
