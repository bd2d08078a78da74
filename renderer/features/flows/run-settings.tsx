import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { FlowKind, FlowRun } from '../../../shared/contract/operations/flows.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { Problems, RunFields, type RunForm } from './run-fields.tsx'
import { parametersOf } from './start-form.ts'

interface RunSettingsDialogProps {
  run: FlowRun
  kind: FlowKind
  opened: boolean
  onClose: () => void
}

/** Changes what the requests still to be sent are made from. */
export function RunSettingsDialog({ run, kind, opened, onClose }: RunSettingsDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Parameters of the flow" size="lg">
      <RunSettings run={run} kind={kind} onClose={onClose} />
    </Modal>
  )
}

function RunSettings({ run, kind, onClose }: Omit<RunSettingsDialogProps, 'opened'>) {
  const { data: abilities } = useOperation('flows.abilities', {})
  const edit = useCommand('flows.edit', { quiet: true })
  const [form, setForm] = useState<RunForm>({
    label: run.label,
    parameters: run.parameters,
    dpop: run.options.dpop,
    by: run.login.by,
    userId: run.login.userId,
  })
  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await edit.run({
      id: run.id,
      changes: {
        label: form.label,
        parameters: parametersOf(form, kind),
        ...(kind.options.includes('dpop') ? { options: { dpop: form.dpop } } : {}),
        login: { by: form.by, userId: form.by === 'robot' ? form.userId : null },
      },
    })
    if (result.ok) onClose()
  }
  const issueOf = (name: string) =>
    edit.error?.issues?.find(({ path }) => path === `changes.parameters.${name}`)?.message
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          Requests that were not sent yet are made anew from these. What was sent stays as it was.
        </Text>
        {abilities && (
          <RunFields
            kind={kind}
            abilities={abilities}
            issuer={run.profile.issuer}
            value={form}
            onChange={(changes) => setForm({ ...form, ...changes })}
            errorOf={issueOf}
          />
        )}
        {edit.error && <Problems messages={[edit.error.message]} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton type="submit" loading={edit.pending}>
            Save
          </PrimaryButton>
        </Group>
      </Stack>
    </form>
  )
}
