import { Button, SegmentedControl, Text, VisuallyHidden } from '@mantine/core'
import { IconApps, IconForms } from '@tabler/icons-react'
import { useState } from 'react'
import type { Client } from '../../../shared/contract/operations/clients.ts'
import { ListSearch } from '../../ui/list-search.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { grantLabel, isConfidential, matchesClient, registeredOnly } from './client-fields.ts'
import classes from './clients.module.css'

const columns: Column<Client>[] = [
  {
    id: 'client',
    header: 'Client',
    width: 'minmax(150px, 1.3fr)',
    render: ({ id, name, registeredAt }) => (
      <>
        {registeredAt !== null && <RegisteredMark />}
        <Text component="span" fz="sm" fw={550}>
          {id}
        </Text>{' '}
        {name !== id && (
          <Text component="span" fz="xs" c="dimmed">
            {name}
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'kind',
    from: 340,
    header: 'Kind',
    width: '98px',
    render: (client) => (isConfidential(client) ? 'Confidential' : 'Public'),
  },
  {
    id: 'grants',
    from: 520,
    header: 'Grants',
    width: 'minmax(110px, 1.4fr)',
    render: ({ grantTypes }) => {
      const text = grantTypes.map(grantLabel).join(', ')
      return <span title={text}>{text || 'none'}</span>
    },
  },
  {
    id: 'scopes',
    from: 300,
    header: 'Scopes',
    width: '76px',
    render: ({ allowedScopes }) => (allowedScopes === null ? 'any' : allowedScopes.length),
  },
]

/** In the log of registrations the time stands in place of the rest. */
const registeredColumns: Column<Client>[] = [
  ...columns.slice(0, 1),
  {
    id: 'registered',
    header: 'Registered',
    width: 'minmax(110px, 0.8fr)',
    render: ({ registeredAt }) => registeredAt !== null && <Time at={registeredAt} form="short" />,
  },
]

const RegisteredMark = () => (
  <span title="Registered itself" className={classes.mark}>
    <IconForms size={14} aria-hidden />
    <VisuallyHidden>registered itself</VisuallyHidden>
  </span>
)

interface ClientListProps {
  clients: Client[]
  selectedId: string | null
  onSelect: (id: string) => void
  onAdd: () => void
}

export function ClientList({ clients, selectedId, onSelect, onAdd }: ClientListProps) {
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<'all' | 'registered'>('all')
  const registered = registeredOnly(clients)
  // With the last of them the filter goes, too.
  const onlyRegistered = filter === 'registered' && registered.length > 0
  const shown = (onlyRegistered ? registered : clients).filter((client) => matchesClient(client, search))
  return (
    <>
      <ListSearch
        noun="client"
        placeholder="Search by client_id or name"
        value={search}
        onChange={setSearch}
        shown={shown.length}
        total={clients.length}
      >
        {registered.length > 0 && (
          <SegmentedControl
            aria-label="Clients shown"
            value={filter}
            onChange={setFilter}
            data={[
              { value: 'all', label: 'All' },
              { value: 'registered', label: `Registered (${registered.length})` },
            ]}
          />
        )}
      </ListSearch>
      <VirtualTable
        label="Clients"
        columns={onlyRegistered ? registeredColumns : columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ id }) => id}
        selectedId={selectedId}
        onSelect={onSelect}
        empty={
          <EmptyState
            icon={<IconApps size={22} />}
            title={search ? 'No client matches' : 'No clients yet'}
            action={
              !search && (
                <Button variant="default" onClick={onAdd}>
                  Add a client
                </Button>
              )
            }
            sample={
              !search && (
                <Text fz="xs" ta="center">
                  A workspace reset brings back demo-web, demo-spa, demo-service and demo-device.
                </Text>
              )
            }
          >
            {search ? 'Search looks at client_id and name.' : 'Add the app that shall get tokens.'}
          </EmptyState>
        }
      />
    </>
  )
}
