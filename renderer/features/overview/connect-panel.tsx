import { Anchor, Group, Select, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useState } from 'react'
import type { Client } from '../../../shared/contract/operations/clients.ts'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import { useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { CodeView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Unread } from '../../ui/states.tsx'
import { isRegistered, type Setup, type Snippet, snippets } from './snippets/index.ts'

const groups: readonly Snippet['group'][] = ['Log in', 'Protect an API', 'Send requests']
/** What an app asks for, as far as its client may have it. */
const wishedScopes = ['openid', 'profile', 'email', 'read']

/** Ready-made settings for one issuer; `alg` is what it signs access tokens with. */
export function ConnectPanel({ issuer, alg }: { issuer: string; alg: SigningAlg }) {
  const read = useOperation('clients.list', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const clients = read.data
  const usable = clients?.filter((one) => logsIn(one) || one.grantTypes.includes('client_credentials'))
  const client = usable?.find(({ id }) => id === chosen) ?? usable?.find(isUsual) ?? usable?.[0]
  return (
    <Panel
      title="Connect your app"
      description="Complete settings for your library, with this issuer and the client you choose."
      testId="connect"
    >
      {!clients && <Unread what="clients" reads={[read]} />}
      {clients && !client && (
        <Text fz="sm" c="dimmed">
          There is no client that logs users in.{' '}
          <Anchor fz="sm" href={formatRoute({ section: 'clients', id: null, params: {} })}>
            Add one
          </Anchor>
        </Text>
      )}
      {usable && client && (
        <Settings
          key={client.id}
          client={client}
          issuer={issuer}
          alg={alg}
          ids={usable.map(({ id }) => id)}
          onClient={setChosen}
        />
      )}
    </Panel>
  )
}

const logsIn = ({ grantTypes }: Client): boolean => grantTypes.includes('authorization_code')
/** What every library can be: a web app with a secret. */
const isUsual = (client: Client): boolean => logsIn(client) && client.hasSecret

interface SettingsProps {
  client: Client
  issuer: string
  alg: SigningAlg
  ids: string[]
  onClient: (id: string) => void
}

function Settings({ client, issuer, alg, ids, onClient }: SettingsProps) {
  const secret = useOperation('clients.secret', { id: client.id }).data?.secret ?? null
  const [library, setLibrary] = useLocalStorage({
    key: 'grantscope.connect-library',
    defaultValue: 'openid-client',
    getInitialValueInEffect: false,
  })
  const { allowedScopes, grantTypes, redirectUris, id: clientId } = client
  const scopes = wishedScopes.filter((scope) => allowedScopes?.includes(scope) ?? true)
  const setup: Setup = { issuer, alg, clientId, secret, grantTypes, scopes, redirectUris }
  const all = snippets(setup).filter(({ redirectUri }) => redirectUri === null || logsIn(client))
  const snippet = all.find(({ id }) => id === library) ?? all[0]!
  const data = groups.map((group) => ({
    group,
    items: all.filter((one) => one.group === group).map(({ id, label }) => ({ value: id, label })),
  }))
  return (
    <>
      <Group gap="sm" mb="sm" align="end" wrap="wrap">
        <Select
          label="Library or tool"
          searchable
          allowDeselect={false}
          data={data}
          value={snippet.id}
          onChange={(next) => next && setLibrary(next)}
          w={190}
        />
        <Select
          label="Client"
          allowDeselect={false}
          data={ids}
          value={clientId}
          onChange={(next) => next && onClient(next)}
          w={190}
        />
      </Group>
      <Text fz="xs" c="dimmed" mb={6}>
        {snippet.about}
      </Text>
      <Notes snippet={snippet} setup={setup} />
      <CodeView text={snippet.code} label={`${snippet.label} settings`} maxHeight={420} />
    </>
  )
}

/** What has to be right at the client for the settings to work. */
function Notes({ snippet: { redirectUri, needsSecret, label }, setup }: { snippet: Snippet; setup: Setup }) {
  const { clientId, secret } = setup
  const link = (
    <Anchor fz="xs" href={formatRoute({ section: 'clients', id: clientId, params: {} })}>
      {clientId}
    </Anchor>
  )
  return (
    <>
      {redirectUri !== null && (
        <Text fz="xs" mb={6} style={{ overflowWrap: 'anywhere' }}>
          Redirect URI: {redirectUri}
          {isRegistered(setup, redirectUri) ? ', which ' : '. Register it: '}
          {link}
          {isRegistered(setup, redirectUri) ? ' accepts.' : ' does not accept it yet.'}
        </Text>
      )}
      {needsSecret && secret === null && (
        <Text fz="xs" mb={6}>
          {label} wants a client with a secret, and {link} has none.
        </Text>
      )}
    </>
  )
}
