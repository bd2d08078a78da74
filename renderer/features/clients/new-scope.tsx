import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Scope } from '../../../shared/contract/operations/clients.ts'
import { useCommand } from '../../stores/hooks.ts'
import { DialogFoot } from '../../ui/dialog-foot.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'

interface NewScopeDialogProps {
  opened: boolean
  onClose: () => void
  onCreated: (scope: Scope) => void
}

export function NewScopeDialog({ opened, onClose, onCreated }: NewScopeDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add scope" size="md">
      <NewScopeForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function NewScopeForm({ onClose, onCreated }: Omit<NewScopeDialogProps, 'opened'>) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const { run, pending, error } = useCommand('scopes.create', { quiet: true })
  const { fields: errors } = fieldErrors(error?.issues, ['name', 'description'])
  const taken = error?.code === 'conflict' ? error.message : undefined

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ name: name.trim(), description: description.trim() })
    if (result.ok) onCreated(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          placeholder="orders:read"
          description="As it stands in scope=…; printable characters without spaces."
          value={name}
          error={errors.name ?? taken}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Description"
          autoComplete="off"
          description="What who has it may do."
          value={description}
          error={errors.description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Text fz="xs" c="dimmed">
          Clients that may get any scope may get this one at once; the others when you switch it on for them.
        </Text>
        <DialogFoot error={taken ? null : error} pending={pending} onClose={onClose}>
          Add scope
        </DialogFoot>
      </Stack>
    </form>
  )
}
