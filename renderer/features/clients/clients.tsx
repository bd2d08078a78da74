import { Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { ClientDetail } from './client-detail.tsx'
import { ClientList } from './client-list.tsx'
import classes from './clients.module.css'
import { NewClientDialog } from './new-client.tsx'
import { NewScopeDialog } from './new-scope.tsx'
import { ScopeDetail } from './scope-detail.tsx'
import { ScopeList } from './scope-list.tsx'

type Tab = 'clients' | 'scopes'

/** Who may ask for tokens, and for what. The route's id is a client's, or a scope's name under `?tab=scopes`. */
export function Clients() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const tab: Tab = params.tab === 'scopes' ? 'scopes' : 'clients'
  const clients = useOperation('clients.list', {})
  const scopes = useOperation('scopes.list', {})
  const error = clients.error ?? scopes.error
  const close = () => navigation.setParams(paramsOf(tab))
  const openNew = () => navigation.setParams({ ...paramsOf(tab), new: tab === 'scopes' ? 'scope' : 'client' })
  return (
    <>
      <PageHeader
        title="Clients & scopes"
        description="The apps that may ask this issuer for tokens, and what they may be granted."
        actions={
          <PrimaryButton leftSection={<IconPlus size={15} aria-hidden />} onClick={openNew}>
            {tab === 'scopes' ? 'Add scope' : 'Add client'}
          </PrimaryButton>
        }
      />
      {clients.data && scopes.data ? (
        <Page tab={tab} clients={clients.data} scopes={scopes.data} onAdd={openNew} />
      ) : error ? (
        <ErrorState
          title="Clients and scopes could not be read"
          message={error.message}
          onRetry={() => void Promise.all([clients.reload(), scopes.reload()])}
        />
      ) : (
        <LoadingRows label="Reading clients and scopes" />
      )}
      <NewClientDialog
        opened={params.new === 'client'}
        onClose={close}
        onCreated={({ id }) => navigation.go('clients', id)}
      />
      <NewScopeDialog
        opened={params.new === 'scope'}
        onClose={close}
        onCreated={({ name }) => navigation.go('clients', name, { tab: 'scopes' })}
      />
    </>
  )
}

const paramsOf = (tab: Tab): Record<string, string> => (tab === 'scopes' ? { tab } : {})

interface PageProps {
  tab: Tab
  clients: Client[]
  scopes: Scope[]
  onAdd: () => void
}

function Page({ tab, clients, scopes, onAdd }: PageProps) {
  const { navigation } = useWorkbench()
  const { id } = useRoute()
  return (
    <Tabs
      value={tab}
      onChange={(next) => navigation.go('clients', null, paramsOf(next === 'scopes' ? 'scopes' : 'clients'))}
      className={classes.tabs}
    >
      <Tabs.List className={classes.tabList}>
        <Tabs.Tab value="clients">Clients ({clients.length})</Tabs.Tab>
        <Tabs.Tab value="scopes">Scopes ({scopes.length})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="clients" className={classes.tabPanel}>
        <ListDetail
          name="clients"
          label="Clients"
          initial={36}
          list={<ClientList clients={clients} selectedId={id} onSelect={navigation.select} onAdd={onAdd} />}
          detail={id !== null && <ClientDetail key={id} id={id} scopes={scopes} />}
          onCloseDetail={() => navigation.select(null)}
        />
      </Tabs.Panel>
      <Tabs.Panel value="scopes" className={classes.tabPanel}>
        <ListDetail
          name="scopes"
          label="Scopes"
          list={
            <ScopeList
              scopes={scopes}
              clients={clients}
              selected={id}
              onSelect={navigation.select}
              onAdd={onAdd}
            />
          }
          detail={id !== null && <ScopeDetail key={id} name={id} scopes={scopes} clients={clients} />}
          onCloseDetail={() => navigation.select(null)}
        />
      </Tabs.Panel>
    </Tabs>
  )
}
