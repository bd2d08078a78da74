import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Issuer } from '../../../shared/contract/operations/issuers.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { fieldErrors } from '../../ui/format/issues.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'

interface NewIssuerDialogProps {
  opened: boolean
  onClose: () => void
  onCreated: (issuer: Issuer) => void
}

export function NewIssuerDialog({ opened, onClose, onCreated }: NewIssuerDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add issuer" size="md">
      <NewIssuerForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function NewIssuerForm({ onClose, onCreated }: Omit<NewIssuerDialogProps, 'opened'>) {
  const [name, setName] = useState('')
  const { data: status } = useOperation('status.get', {})
  const { run, pending, error } = useCommand('issuers.create', { quiet: true })
  const wrong = fieldErrors(error?.issues, ['name']).fields.name ?? error?.message

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ name: name.trim() })
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
          placeholder="tenant-a"
          description="Lower-case letters, digits and hyphens; it never changes."
          value={name}
          error={wrong}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {status && (
          <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            Its URL: {status.issuer}/{name.trim() || '…'}
          </Text>
        )}
        <Text fz="xs" c="dimmed">
          It gets keys of its own. Everything else is as for the default issuer, until you set it.
        </Text>
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton type="submit" loading={pending}>
            Add issuer
          </PrimaryButton>
        </Group>
      </Stack>
    </form>
  )
}
