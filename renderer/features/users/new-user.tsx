import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { User } from '../../../shared/contract/operations/users.ts'
import { useCommand } from '../../stores/hooks.ts'
import { fieldErrors } from '../../ui/format/issues.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'

interface NewUserDialogProps {
  opened: boolean
  onClose: () => void
  onCreated: (user: User) => void
}

export function NewUserDialog({ opened, onClose, onCreated }: NewUserDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add user" size="md">
      <NewUserForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

const fieldNames = ['username', 'password', 'name', 'email', 'id'] as const

const blank = { username: '', password: '', name: '', email: '', id: '' }

function NewUserForm({ onClose, onCreated }: Omit<NewUserDialogProps, 'opened'>) {
  const [fields, setFields] = useState(blank)
  const [active, setActive] = useState(true)
  const { run, pending, error } = useCommand('users.create')
  const { fields: errors, rest } = fieldErrors(error?.issues, fieldNames)
  if (error?.code === 'conflict') errors[fields.id.trim() ? 'id' : 'username'] = error.message

  const input = (name: (typeof fieldNames)[number]) => ({
    value: fields[name],
    error: errors[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget
      setFields((before) => ({ ...before, [name]: value }))
    },
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    const { username, password, name, email, id } = fields
    const result = await run({
      username,
      password,
      active,
      name: name.trim() || null,
      email: email.trim() || null,
      ...(id.trim() ? { id } : {}),
    })
    if (result.ok) onCreated(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput label="User name" required data-autofocus {...input('username')} />
        <TextInput
          label="Password"
          required
          description="Stored as a bcrypt hash, which cannot be read back."
          {...input('password')}
        />
        <TextInput label="Name" {...input('name')} />
        <TextInput label="E-mail" {...input('email')} />
        <TextInput
          label="Subject"
          description="The sub claim, which never changes. The user name, when left empty."
          {...input('id')}
        />
        <Switch
          label="Active: may log in"
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        {rest.map((issue) => (
          <Text key={issue.path + issue.message} c="var(--gs-bad)" fz="xs" role="alert">
            {issue.path && `${issue.path}: `}
            {issue.message}
          </Text>
        ))}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton type="submit" loading={pending}>
            Add user
          </PrimaryButton>
        </Group>
      </Stack>
    </form>
  )
}
