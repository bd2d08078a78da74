import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { defaultClientOptions } from '../../../shared/contract/operations/client-options.ts'
import type { Client } from '../../../shared/contract/operations/clients.ts'
import { useCommand } from '../../stores/hooks.ts'
import { DialogFoot } from '../../ui/dialog-foot.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { AuthMethods } from './auth-methods.tsx'
import { type ClientFields, fieldNames, hasSecretMethod, toJwks, withoutBlanks } from './client-fields.ts'
import { ClientKeys } from './client-keys.tsx'
import { GrantTypes } from './client-panels.tsx'
import { RedirectUris } from './redirect-uris.tsx'

interface NewClientDialogProps {
  opened: boolean
  onClose: () => void
  onCreated: (client: Client) => void
}

export function NewClientDialog({ opened, onClose, onCreated }: NewClientDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add client" size="lg">
      <NewClientForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

const blank: ClientFields = {
  name: '',
  authMethods: ['none'],
  jwks: '',
  jwksUri: '',
  redirectUris: ['loopback'],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code', 'refresh_token', 'password'],
  accessTokenLifetime: null,
  refreshTokenLifetime: null,
  profile: null,
  autoApprove: false,
  ...defaultClientOptions,
}

function NewClientForm({ onClose, onCreated }: Omit<NewClientDialogProps, 'opened'>) {
  const [id, setId] = useState('')
  const [secret, setSecret] = useState('')
  const [value, setValue] = useState(blank)
  const { run, pending, error } = useCommand('clients.create', { quiet: true })
  const { fields: errors, rest } = fieldErrors(error?.issues, ['id', 'secret', ...fieldNames])
  const form = {
    value,
    set: <K extends keyof ClientFields>(field: K, next: ClientFields[K]) =>
      setValue((before) => ({ ...before, [field]: next })),
    issues: error?.issues,
    prefix: '',
  }
  const hasSecret = hasSecretMethod(value)
  const keys = toJwks(value.jwks)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!keys.ok) return
    const { name, redirectUris, jwksUri, ...settings } = value
    const sent = withoutBlanks(redirectUris)
    form.set('redirectUris', sent)
    const result = await run({
      ...settings,
      id,
      redirectUris: sent,
      jwks: keys.jwks,
      jwksUri: jwksUri.trim() || null,
      ...(name.trim() ? { name } : {}),
      ...(hasSecret && secret ? { secret } : {}),
    })
    if (result.ok) onCreated(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="client_id"
          required
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          description="What the app sends; it never changes."
          value={id}
          error={errors.id ?? (error?.code === 'conflict' ? error.message : undefined)}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          autoComplete="off"
          value={value.name}
          error={errors.name}
          onChange={(event) => form.set('name', event.currentTarget.value)}
        />
        <AuthMethods
          value={value.authMethods}
          onChange={(methods) => form.set('authMethods', methods)}
          error={errors.authMethods}
        />
        <ClientKeys {...form} />
        {hasSecret && (
          <TextInput
            label="Secret"
            autoComplete="off"
            spellCheck={false}
            description="Made for you when left empty."
            value={secret}
            error={errors.secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        )}
        <RedirectUris
          label="Redirect URI"
          name="redirect_uris"
          value={value.redirectUris}
          onChange={(uris) => form.set('redirectUris', uris)}
          issues={error?.issues}
          path="redirectUris"
        />
        <GrantTypes {...form} />
        {rest.map((issue) => (
          <Text key={issue.path + issue.message} c="var(--gs-bad)" fz="xs" role="alert">
            {issue.path && `${issue.path}: `}
            {issue.message}
          </Text>
        ))}
        <DialogFoot error={error?.code === 'conflict' ? null : error} pending={pending} onClose={onClose}>
          Add client
        </DialogFoot>
      </Stack>
    </form>
  )
}
