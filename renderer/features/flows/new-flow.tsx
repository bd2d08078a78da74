import { Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useState } from 'react'
import type { FlowProfile } from '../../../shared/contract/operations/flow-profiles.ts'
import type { FlowAbilities, FlowKind } from '../../../shared/contract/operations/flows.ts'
import type { User } from '../../../shared/contract/operations/users.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { SpecLinks } from '../../ui/exchange/spec-links.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { Unread } from '../../ui/states.tsx'
import { sampleUser } from '../sample-user.ts'
import classes from './flows.module.css'
import { Problems, RunFields } from './run-fields.tsx'
import { sendRun } from './send.ts'
import { loginsFor, missingParameters, type StartForm, toStartInput } from './start-form.ts'
import { useFlowNames } from './use-flow-names.ts'

interface NewFlowDialogProps {
  /** Id of the kind that is chosen at first; null while the dialog is closed. */
  wanted: string | null
  onClose: () => void
}

export function NewFlowDialog({ wanted, onClose }: NewFlowDialogProps) {
  return (
    <Modal opened={wanted !== null} onClose={onClose} title="New flow" size="xl">
      {wanted !== null && <Content wanted={wanted} onClose={onClose} />}
    </Modal>
  )
}

function Content({ wanted, onClose }: { wanted: string; onClose: () => void }) {
  const kinds = useOperation('flows.kinds', {})
  const abilities = useOperation('flows.abilities', {})
  const profiles = useOperation('flowProfiles.list', {})
  const users = useOperation('users.list', {})
  if (kinds.data && abilities.data && profiles.data && users.data)
    return (
      <NewFlow
        kinds={kinds.data}
        abilities={abilities.data}
        profiles={profiles.data}
        first={firstForm(wanted, kinds.data, abilities.data, users.data)}
        onClose={onClose}
      />
    )
  return <Unread what="kinds of flows" reads={[kinds, abilities, profiles, users]} />
}

/** By robot as alice, or whoever is there, because that takes one click; by browser where there is no robot. */
const firstForm = (
  wanted: string,
  kinds: readonly FlowKind[],
  abilities: FlowAbilities,
  users: readonly User[],
): StartForm => ({
  kind: kinds.find(({ id }) => id === wanted)?.id ?? 'authorization_code',
  profileId: null,
  label: '',
  parameters: {},
  dpop: false,
  by: abilities.logins.includes('robot') ? 'robot' : (abilities.logins[0] ?? 'browser'),
  userId: sampleUser(users)?.id ?? null,
  from: null,
})

interface NewFlowProps {
  kinds: readonly FlowKind[]
  abilities: FlowAbilities
  profiles: readonly FlowProfile[]
  first: StartForm
  onClose: () => void
}

function NewFlow({ kinds, abilities, profiles, first, onClose }: NewFlowProps) {
  const workbench = useWorkbench()
  const start = useCommand('flows.start', { quiet: true })
  const [form, setForm] = useState(first)
  const edit = (changes: Partial<StartForm>) => setForm((before) => ({ ...before, ...changes }))
  const kind = kinds.find(({ id }) => id === form.kind)!
  const profile = profiles.find(({ id }) => id === form.profileId)
  const issuer = profile?.issuer ?? null
  const missing = missingParameters(form, kind)

  function chooseProfile(profileId: string | null) {
    const next = profiles.find(({ id }) => id === profileId)?.issuer ?? null
    const logins = loginsFor(abilities, next)
    const foreign = next !== null && next.kind !== 'built-in'
    edit({
      profileId,
      by: logins.includes(form.by) ? form.by : (logins[0] ?? 'browser'),
      ...(foreign && kind.builtInOnly ? { kind: 'authorization_code' as const, parameters: {} } : {}),
    })
  }

  async function begin(all: boolean) {
    const result = await start.run(toStartInput(form, kind))
    if (!result.ok) return
    workbench.navigation.go('flows', result.value.id)
    if (all) await sendRun(workbench, result.value.id, 'run')
  }

  return (
    <Stack gap="md">
      <KindCards
        kinds={kinds.filter(
          ({ builtInOnly }) => !builtInOnly || issuer === null || issuer.kind === 'built-in',
        )}
        value={form.kind}
        onChange={(id) => edit({ kind: id, parameters: {} })}
      />
      <Text fz="sm">
        {kind.about}{' '}
        <Text component="span" fz="xs" c="dimmed">
          <SpecLinks spec={kind.spec} />
        </Text>
      </Text>
      <Group gap="md" align="flex-start" grow>
        <Select
          label="Profile"
          description="The issuer it goes to, and the client it is."
          value={form.profileId ?? DEFAULT}
          allowDeselect={false}
          onChange={(value) => chooseProfile(value === DEFAULT ? null : value)}
          data={[
            {
              value: DEFAULT,
              label: form.from === null ? 'Built-in issuer, demo client' : 'That of the other flow',
            },
            ...profiles.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {(kind.appendable || kind.parameters.some(({ type }) => type === 'token')) && (
          <FromSelect value={form.from} onChange={(from) => edit({ from })} />
        )}
      </Group>
      <RunFields
        kind={kind}
        abilities={abilities}
        issuer={issuer}
        value={form}
        onChange={edit}
        errorOf={(name) => start.error?.issues?.find(({ path }) => path === `parameters.${name}`)?.message}
      />
      {start.error && <Problems messages={[start.error.message]} />}
      <Group className={classes.foot} justify="flex-end" gap="xs">
        {missing.length > 0 && (
          <Text fz="xs" c="dimmed" flex={1}>
            Still needed: {missing.map(({ label }) => label).join(', ')}
          </Text>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerTrackNext size={15} aria-hidden />}
          disabled={missing.length > 0 || start.pending}
          onClick={() => void begin(true)}
        >
          Start and run all
        </Button>
        <PrimaryButton
          disabled={missing.length > 0}
          loading={start.pending}
          onClick={() => void begin(false)}
        >
          Start step by step
        </PrimaryButton>
      </Group>
    </Stack>
  )
}

/** No profile: the built-in issuer with the demo client that may do this, or what the other flow had. */
const DEFAULT = 'built-in'

interface KindCardsProps {
  kinds: readonly FlowKind[]
  value: FlowKind['id']
  onChange: (id: FlowKind['id']) => void
}

/** One card a kind; a group of radio buttons for the keyboard. */
const KindCards = ({ kinds, value, onChange }: KindCardsProps) => (
  <Radio.Group
    aria-label="Kind of flow"
    value={value}
    onChange={(id) => {
      const chosen = kinds.find((kind) => kind.id === id)
      if (chosen) onChange(chosen.id)
    }}
  >
    <div className={classes.kinds}>
      {kinds.map(({ id, title }) => (
        <Radio.Card key={id} value={id} className={classes.kind} data-testid={`kind-${id}`}>
          {title}
        </Radio.Card>
      ))}
    </div>
  </Radio.Group>
)

interface FromSelectProps {
  value: string | null
  onChange: (id: string | null) => void
}

function FromSelect({ value, onChange }: FromSelectProps) {
  const { data: runs = [] } = useOperation('flows.list', { limit: 100 })
  const nameOf = useFlowNames()
  return (
    <Select
      label="With the tokens of"
      description="Another flow, or what is typed below."
      placeholder="No other flow"
      clearable
      value={value}
      onChange={onChange}
      data={runs
        .filter(({ passedSteps }) => passedSteps > 0)
        .map((run) => ({ value: run.id, label: nameOf(run) }))}
    />
  )
}
