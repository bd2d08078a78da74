import { Anchor, SimpleGrid, Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { ErrorState, LoadingRows, NoSuch } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { hasSecretMethod, isConfidential, toChanges, toFields } from './client-fields.ts'
import { ClientChecksPanel, OptionsPanel } from './client-options.tsx'
import { AccessPanel, LimitsPanel } from './client-panels.tsx'
import classes from './clients.module.css'
import { NextTokenPanel } from './next-token.tsx'
import { ScopePanel } from './scope-panel.tsx'
import { SecretPanel } from './secret-panel.tsx'

/** Give it the id as `key`, so that a token shown for one client never stands beside another. */
export function ClientDetail({ id, scopes }: { id: string; scopes: Scope[] }) {
  const { data, error, reload } = useOperation('clients.get', { id })
  if (error?.code === 'not_found') return <NoSuch noun="client" />
  if (data) return <Loaded client={data} scopes={scopes} />
  if (error)
    return <ErrorState title="The client could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the client" />
}

function Loaded({ client, scopes }: { client: Client; scopes: Scope[] }) {
  const stored = useMemo(() => toFields(client), [client])
  const { value, edits, dirty, set, discard } = useEdits(`client ${client.id}`, stored)
  const { run, pending, error, clearError } = useCommand('clients.update')
  const form = { value, set, issues: error?.issues, prefix: 'changes' }

  async function save() {
    const changes = toChanges(edits)
    // The editor says what is wrong with its JSON.
    if (!changes) return
    // The fields then stand as they are sent, so that what is wrong is shown where it is.
    if (changes.redirectUris) set('redirectUris', changes.redirectUris)
    if (changes.postLogoutRedirectUris) set('postLogoutRedirectUris', changes.postLogoutRedirectUris)
    const result = await run({ id: client.id, changes })
    if (!result.ok) return
    discard()
    notifyDone(`${client.id} saved`)
  }

  return (
    <>
      <ClientHead client={client} />
      <PageBody>
        <div className={classes.scopesAndToken}>
          <ScopePanel client={client} scopes={scopes} />
          <NextTokenPanel client={client} scopes={scopes} />
        </div>
        <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="md" verticalSpacing="md">
          <AccessPanel {...form} />
          <LimitsPanel {...form} />
        </SimpleGrid>
        {client.hasSecret && <SecretPanel client={client} />}
        <OptionsPanel {...form} />
        <ClientChecksPanel {...form} />
      </PageBody>
      {dirty && (
        <SaveBar
          message={`Unsaved changes to ${client.id}`}
          pending={pending}
          disabled={toChanges(edits) === null}
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

function proofOf(client: Client): string {
  if (!isConfidential(client)) return 'Public: it keeps no secret; PKCE protects its logins'
  return `Confidential: it proves itself with a ${hasSecretMethod(client) ? 'secret' : 'private key'}`
}

function ClientHead({ client }: { client: Client }) {
  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        <span className={classes.idLine}>
          <Title order={2}>{client.id}</Title>
          <CopyButton value={client.id} what="client_id" />
        </span>
        <Text fz="xs" c="dimmed">
          {proofOf(client)}
        </Text>
        {client.registeredAt !== null && <Registered id={client.id} at={client.registeredAt} />}
      </div>
      <DeleteClient client={client} />
    </div>
  )
}

/** When it registered itself, with the way to the request it did so by. */
function Registered({ id, at }: { id: string; at: number }) {
  const { data } = useOperation('exchanges.list', { clientId: id, endpoint: 'registration', limit: 1 })
  const exchange = data?.rows[0]
  return (
    <Text fz="xs" c="dimmed" component="div" data-testid="client-registered">
      Registered itself <Time at={at} />
      {exchange && (
        <>
          {' · '}
          <Anchor fz="xs" href={formatRoute({ section: 'traces', id: String(exchange.id), params: {} })}>
            its last request to /register
          </Anchor>
        </>
      )}
    </Text>
  )
}

function DeleteClient({ client: { id } }: { client: Client }) {
  const { navigation } = useWorkbench()
  const settings = useOperation('settings.get', {})
  const tokens = useOperation('tokens.list', { filter: { clientId: id }, limit: 1 })
  const remove = useCommand('clients.delete')
  const total = tokens.data?.total ?? 0

  async function deleteClient() {
    const result = await remove.run({ id })
    if (!result.ok) return
    navigation.select(null)
    notifyDone(`${id} deleted`)
  }

  if (settings.data?.defaultClientId === id)
    return (
      <Text fz="xs" c="dimmed" maw={230} ta="right">
        The default client of logins that send no client_id; it cannot be deleted.
      </Text>
    )
  return (
    <ConfirmButton
      icon={<IconTrash size={15} aria-hidden />}
      title={`Delete ${id}?`}
      consequence={
        total === 0
          ? 'It has no tokens. An app that uses it gets 401 "invalid_client" from then on.'
          : `Its ${total === 1 ? 'token goes' : `${total.toLocaleString('en')} tokens go`} with it, and every grant: who holds one gets 401 from then on.`
      }
      verb="Delete client"
      onConfirm={deleteClient}
    >
      Delete
    </ConfirmButton>
  )
}
