import { Modal, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Scenario } from '../../../shared/contract/operations/scenarios.ts'
import { count } from '../../../shared/flow/words.ts'
import { isSimulated } from '../../stores/clock.ts'
import { useClockSetting, useCommand, useOperation } from '../../stores/hooks.ts'
import { DialogFoot } from '../../ui/dialog-foot.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'

interface NewScenarioProps {
  scenarios: readonly Scenario[]
  onClose: () => void
  onSaved: (scenario: Scenario) => void
}

/** Saves what is in force now under a name. */
export function NewScenarioDialog({ opened, ...rest }: NewScenarioProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={rest.onClose} title="Save as scenario" size="md">
      <NewScenarioForm {...rest} />
    </Modal>
  )
}

function NewScenarioForm({ scenarios, onClose, onSaved }: NewScenarioProps) {
  const setting = useClockSetting()
  const simulated = setting !== null && isSimulated(setting)
  const faults = useOperation('faults.list', {})
  const [name, setName] = useState('')
  const [about, setAbout] = useState('')
  const [clock, setClock] = useState(simulated)
  const [settings, setSettings] = useState(false)
  const { run, pending, error } = useCommand('scenarios.save', { quiet: true })
  const { fields: errors } = fieldErrors(error?.issues, ['name', 'about'])
  const there = scenarios.find(({ file, builtIn }) => !builtIn && file.name === name.trim())

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ name: name.trim(), about, clock, settings })
    if (!result.ok) return
    notifyDone(`${result.value.file.name} saved`)
    onSaved(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text fz="sm">{contents(faults.data?.length)}</Text>
        <TextInput
          label="Name"
          required
          data-autofocus
          autoComplete="off"
          maxLength={100}
          placeholder="Refresh is lost on the way"
          value={name}
          error={errors.name}
          description={there ? 'There is one of this name, which it replaces.' : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it is for"
          autosize
          minRows={2}
          maxLength={2000}
          value={about}
          error={errors.about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        <Switch
          label="The clock, too"
          description={
            simulated ? 'Which is not at real time now.' : 'Real time: who applies it gets that back.'
          }
          checked={clock}
          onChange={(event) => setClock(event.currentTarget.checked)}
        />
        <Switch
          label="The settings, too"
          description="Those that are not as in a new workspace."
          checked={settings}
          onChange={(event) => setSettings(event.currentTarget.checked)}
        />
        <DialogFoot error={error} pending={pending} disabled={name.trim() === ''} onClose={onClose}>
          {there ? 'Replace scenario' : 'Save scenario'}
        </DialogFoot>
      </Stack>
    </form>
  )
}

function contents(faults: number | undefined): string {
  if (faults === undefined) return 'It gets the faults there are now.'
  if (faults === 0) return 'There are no faults now: applied, it takes all faults away.'
  return `It gets the ${count(faults, 'fault')} there ${faults === 1 ? 'is' : 'are'} now, armed or not as they are.`
}
