import { Button, Checkbox, Group, Input, Modal, Select, SimpleGrid, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import type { tokenResponse } from '../../../shared/contract/operations/tokens.ts'
import type { User } from '../../../shared/contract/operations/users.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { DurationInput } from '../../ui/duration-input.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { formatDuration } from '../../ui/format/time.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { Unread } from '../../ui/states.tsx'
import { notGrantable } from './grantable.ts'
import { IssuedTokens } from './issued-tokens.tsx'

interface DialogProps {
  opened: boolean
  onClose: () => void
}

/** Issues tokens without a login, and shows them the one time they can be shown. */
export function IssueDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Issue token" size="xl">
      <Content onClose={onClose} />
    </Modal>
  )
}

type Response = ReturnType<typeof tokenResponse.parse>

function Content({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<Response | null>(null)
  const clients = useOperation('clients.list', {})
  const users = useOperation('users.list', {})
  const scopes = useOperation('scopes.list', {})
  const settings = useOperation('settings.get', {})
  if (issued) return <IssuedTokens issued={issued} onClose={onClose} onAnother={() => setIssued(null)} />
  if (clients.data && users.data && scopes.data && settings.data)
    return (
      <IssueForm
        clients={clients.data}
        users={users.data}
        scopes={scopes.data}
        settings={settings.data}
        onIssued={setIssued}
        onClose={onClose}
      />
    )
  return <Unread what="clients, users and scopes" reads={[clients, users, scopes, settings]} />
}

interface IssueFormProps {
  clients: Client[]
  users: User[]
  scopes: Scope[]
  settings: Settings
  onIssued: (response: Response) => void
  onClose: () => void
}

/** The choice that stands for a token without a user. */
const itself = '\0itself'

function IssueForm({ clients, users, scopes, settings, onIssued, onClose }: IssueFormProps) {
  const [clientId, setClientId] = useState(settings.defaultClientId)
  const [userId, setUserId] = useState(users.find(({ active }) => active)?.id ?? itself)
  const [chosen, setChosen] = useState<string[]>([])
  const [lifetime, setLifetime] = useState<number | null>(null)
  const { run, pending, error } = useCommand('tokens.issue', { quiet: true })
  const { fields: errors } = fieldErrors(error?.issues, ['scopes', 'lifetime'])
  const client = clients.find(({ id }) => id === clientId)
  const user = users.find(({ id }) => id === userId) ?? null
  const usual = client?.accessTokenLifetime ?? settings.accessTokenLifetime
  const first = useRef<HTMLInputElement>(null)

  // The dialog looks for what to focus as it opens, when the form may still wait for what it offers.
  useEffect(() => first.current?.focus(), [])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({
      clientId,
      scopes: chosen,
      ...(user ? { userId: user.id } : {}),
      ...(lifetime === null ? {} : { lifetime }),
    })
    if (result.ok) onIssued(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
          <Select
            label="Client"
            ref={first}
            data-autofocus
            data={clients.map(({ id, name }) => ({ value: id, label: name === id ? id : `${id} (${name})` }))}
            value={clientId}
            onChange={(value) => value && setClientId(value)}
            allowDeselect={false}
            searchable={clients.length > 8}
          />
          <Select
            label="User"
            data={[
              { value: itself, label: 'Nobody: the client itself' },
              ...users.map(({ id, username, active }) => ({
                value: id,
                label: active ? username : `${username} (inactive)`,
              })),
            ]}
            value={userId}
            onChange={(value) => value && setUserId(value)}
            allowDeselect={false}
            searchable={users.length > 8}
          />
        </SimpleGrid>
        <ScopeChoice
          scopes={scopes}
          chosen={chosen}
          onChange={setChosen}
          client={client}
          user={user}
          error={errors.scopes}
        />
        <DurationInput
          label="Lifetime of the access token"
          value={lifetime}
          onChange={setLifetime}
          emptyMeans={`${formatDuration(usual)}, as ${client?.accessTokenLifetime ? 'the client has it' : 'the issuer has it'}`}
          error={errors.lifetime}
          maw={360}
        />
        {error && !error.issues?.length && (
          <VerdictBanner tone="bad" verdict="Refused" reason={error.message} testId="issue-refusal" />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton type="submit" loading={pending}>
            Issue token
          </PrimaryButton>
        </Group>
      </Stack>
    </form>
  )
}

interface ScopeChoiceProps {
  scopes: Scope[]
  chosen: string[]
  onChange: (scopes: string[]) => void
  client: Client | undefined
  user: User | null
  error?: string
}

function ScopeChoice({ scopes, chosen, onChange, client, user, error }: ScopeChoiceProps) {
  const refusals = notGrantable(chosen, client, user)
  const byDefault = client?.defaultScopes.join(' ') || 'no scope at all'
  return (
    <Input.Wrapper
      label="Scopes"
      labelElement="div"
      description={`Without any the client gets its default: ${byDefault}.`}
      error={error}
    >
      <Checkbox.Group
        value={chosen}
        onChange={(names) => onChange(scopes.map(({ name }) => name).filter((name) => names.includes(name)))}
      >
        <Group gap="8px 20px" mt={8} role="group" aria-label="Scopes">
          {scopes.map(({ name, description }) => (
            <Checkbox key={name} value={name} label={name} title={description || undefined} ff="monospace" />
          ))}
        </Group>
      </Checkbox.Group>
      {refusals.map((refusal) => (
        <Input.Error key={refusal} mt={6}>
          {refusal}
        </Input.Error>
      ))}
    </Input.Wrapper>
  )
}
