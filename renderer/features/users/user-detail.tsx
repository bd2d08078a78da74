import {
  Button,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconKey, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useMemo, useState } from 'react'
import type { User } from '../../../shared/contract/operations/users.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { JsonEditor } from '../../ui/json-editor.tsx'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { ScopePicker } from '../../ui/scope-picker.tsx'
import { ErrorState, LoadingRows, NoSuch } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { IssuerChoice } from './issuer-choice.tsx'
import { SecondFactorPanel } from './second-factor.tsx'
import { SessionsPanel } from './sessions.tsx'
import { toChanges, toFields } from './user-fields.ts'
import classes from './users.module.css'

/** Give it the id as `key`, so that edits of one user never show at another. */
export function UserDetail({ id }: { id: string }) {
  const { data, error, reload } = useOperation('users.get', { id })
  if (error?.code === 'not_found') return <NoSuch noun="user" />
  if (data) return <Loaded user={data} />
  if (error) return <ErrorState title="The user could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the user" />
}

const fieldNames = ['username', 'name', 'email', 'issuer', 'allowedScopes', 'claims'] as const

function Loaded({ user }: { user: User }) {
  const stored = useMemo(() => toFields(user), [user])
  const { value, edits, dirty, set, discard } = useEdits(`user ${user.id}`, stored)
  const { run, pending, error, clearError } = useCommand('users.update')
  const scopes = useOperation('scopes.list', {})
  const { fields: errors } = fieldErrors(error?.issues, fieldNames, 'changes')
  if (error?.code === 'conflict') errors.username = error.message
  const changes = toChanges(edits)

  async function save() {
    if (!changes) return
    const result = await run({ id: user.id, changes })
    if (!result.ok) return
    discard()
    notifyDone(`${result.value.username} saved`)
  }

  const text = (field: 'username' | 'name' | 'email') => ({
    value: value[field],
    error: errors[field],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  })

  return (
    <>
      <UserHead user={user} />
      <PageBody>
        <Panel title="Profile">
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" verticalSpacing="sm">
              <TextInput label="User name" {...text('username')} />
              <TextInput label="Name" {...text('name')} />
              <TextInput label="E-mail" {...text('email')} />
              <TextInput
                label="Subject (sub)"
                value={user.id}
                readOnly
                description="Set when the user was made; never changes."
                inputWrapperOrder={['label', 'input', 'description']}
              />
              <IssuerChoice
                value={value.issuer}
                onChange={(issuer) => set('issuer', issuer)}
                error={errors.issuer}
              />
            </SimpleGrid>
            <JsonEditor
              label="Further claims"
              description="A JSON object. Its members appear in the profile and in tokens."
              placeholder={'{ "roles": ["editor"] }'}
              value={value.claims}
              onChange={(claims) => set('claims', claims)}
              error={errors.claims}
            />
            <ScopePicker
              label="Scopes this user may be granted"
              known={scopes.data ?? []}
              value={value.allowedScopes}
              onChange={(allowed) => set('allowedScopes', allowed)}
              error={errors.allowedScopes}
            />
          </Stack>
        </Panel>
        <SessionsPanel userId={user.id} />
        <SecondFactorPanel userId={user.id} />
        <PasswordPanel user={user} />
      </PageBody>
      {dirty && (
        <SaveBar
          message={`Unsaved changes to ${user.username}`}
          pending={pending}
          disabled={changes === null}
          onSave={save}
          onDiscard={() => {
            discard()
            clearError()
          }}
        />
      )}
    </>
  )
}

function UserHead({ user }: { user: User }) {
  const { client, navigation } = useWorkbench()
  const update = useCommand('users.update')
  const remove = useCommand('users.delete')

  async function setActive(active: boolean) {
    const result = await update.run({ id: user.id, changes: { active } })
    if (!result.ok) return
    notifyUndo(
      active ? `${user.username} may log in again` : `${user.username} is inactive and cannot log in`,
      () => void client.call('users.update', { id: user.id, changes: { active: !active } }),
    )
  }

  async function deleteUser() {
    const result = await remove.run({ id: user.id })
    if (!result.ok) return
    navigation.select(null)
    notifyDone(`${user.username} deleted`)
  }

  return (
    <div className={classes.detailHead}>
      <div className={classes.detailName}>
        <Title order={2}>{user.username}</Title>
        <Text fz="xs" c="dimmed">
          {user.lastLoginAt === null ? (
            'Has never logged in'
          ) : (
            <>
              Last login <Time at={user.lastLoginAt} form="short" />
            </>
          )}
        </Text>
      </div>
      <Switch
        label="Active"
        checked={user.active}
        disabled={update.pending}
        onChange={(event) => void setActive(event.currentTarget.checked)}
      />
      <ConfirmButton
        icon={<IconTrash size={15} aria-hidden />}
        title={`Delete ${user.username}?`}
        consequence={`The user goes, with every grant, token and session. An app that holds one of the tokens gets 401 from then on. The subject ${user.id} stays taken: no later user gets it. To keep ${user.username} out for a while, make the user inactive instead.`}
        verb="Delete user"
        onConfirm={deleteUser}
      >
        Delete
      </ConfirmButton>
    </div>
  )
}

function PasswordPanel({ user }: { user: User }) {
  const [password, setPassword] = useState('')
  const { run, pending, error } = useCommand('users.update')
  const { fields: errors } = fieldErrors(error?.issues, ['password'], 'changes')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ id: user.id, changes: { password } })
    if (!result.ok) return
    setPassword('')
    notifyDone(`${user.username} has a new password`)
  }

  return (
    <Panel
      title="Password"
      description="Only a bcrypt hash is stored, so the present password cannot be shown."
    >
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="sm">
          <PasswordInput
            flex="1 1 200px"
            maw={340}
            label="New password"
            autoComplete="new-password"
            value={password}
            error={errors.password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={pending}
            disabled={password === ''}
            leftSection={<IconKey size={15} aria-hidden />}
          >
            Set password
          </Button>
        </Group>
      </form>
    </Panel>
  )
}
