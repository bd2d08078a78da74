import { Stack, Switch, TagsInput, Text, TextInput, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import type { User } from '../../../shared/contract/operations/users.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { NoSuch } from '../../ui/states.tsx'
import classes from './clients.module.css'
import { allow, mayGet } from './scope-changes.ts'
import { lossInWords } from './scope-loss.ts'
import { useScopeCommand } from './use-scope-command.ts'

interface ScopeDetailProps {
  name: string
  scopes: Scope[]
  clients: Client[]
}

export function ScopeDetail({ name, scopes, clients }: ScopeDetailProps) {
  const scope = scopes.find((known) => known.name === name)
  if (!scope) return <NoSuch noun="scope" />
  return <Loaded scope={scope} scopes={scopes} clients={clients} />
}

function Loaded({ scope, scopes, clients }: { scope: Scope; scopes: Scope[]; clients: Client[] }) {
  const stored = useMemo(() => ({ description: scope.description, claims: scope.claims }), [scope])
  const { value, dirty, set, discard } = useEdits(`scope ${scope.name}`, stored)
  const { run, pending, error, clearError } = useCommand('scopes.update')

  async function save() {
    const { claims } = value
    const result = await run({ name: scope.name, description: value.description.trim(), claims })
    if (!result.ok) return
    discard()
    notifyDone(`${scope.name} saved`)
  }

  return (
    <>
      <ScopeHead scope={scope} clients={clients} />
      <PageBody>
        <Panel title="Description">
          <TextInput
            aria-label="Description"
            description="What who has it may do; the API docs show it, too."
            inputWrapperOrder={['input', 'description', 'error']}
            value={value.description}
            error={fieldErrors(error?.issues, ['description']).fields.description}
            onChange={(event) => set('description', event.currentTarget.value)}
          />
        </Panel>
        <Panel title="Claims">
          <TagsInput
            aria-label="Claims"
            description="What userinfo tells of the user to who has the scope. Claims of no scope are always told."
            inputWrapperOrder={['input', 'description', 'error']}
            value={value.claims}
            error={fieldErrors(error?.issues, ['claims']).fields.claims}
            onChange={(claims) => set('claims', claims)}
          />
        </Panel>
        <ClientSwitches scope={scope} scopes={scopes} clients={clients} />
      </PageBody>
      {dirty && (
        <SaveBar
          message={`Unsaved changes to ${scope.name}`}
          pending={pending}
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

function ClientSwitches({ scope, scopes, clients }: { scope: Scope; scopes: Scope[]; clients: Client[] }) {
  const { apply } = useScopeCommand()
  const known = scopes.map(({ name }) => name)
  return (
    <Panel title="Clients that may get it" description="A switch counts from the next token on.">
      <Stack gap="sm">
        {clients.map((client) => (
          <Switch
            key={client.id}
            label={client.id}
            description={client.allowedScopes === null ? 'may get any scope' : undefined}
            checked={mayGet(client, scope.name)}
            onChange={(event) => {
              const on = event.currentTarget.checked
              void apply(
                client,
                allow(client, scope.name, on, known),
                on ? `${client.id} may get ${scope.name}` : `${client.id} may not get ${scope.name} any more`,
              )
            }}
          />
        ))}
      </Stack>
    </Panel>
  )
}

function ScopeHead({ scope: { name }, clients }: { scope: Scope; clients: Client[] }) {
  const { navigation } = useWorkbench()
  const users: User[] = useOperation('users.list', {}).data ?? []
  const remove = useCommand('scopes.delete')

  async function deleteScope() {
    const result = await remove.run({ name })
    if (!result.ok) return
    navigation.select(null)
    notifyDone(`${name} deleted`)
  }

  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        <Title order={2} ff="monospace">
          {name}
        </Title>
        <Text fz="xs" c="dimmed">
          Scope
        </Text>
      </div>
      <ConfirmButton
        icon={<IconTrash size={15} aria-hidden />}
        title={`Delete the scope ${name}?`}
        consequence={lossInWords(name, clients, users)}
        verb="Delete scope"
        onConfirm={deleteScope}
      >
        Delete
      </ConfirmButton>
    </div>
  )
}
