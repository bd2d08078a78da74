import { Button, Text } from '@mantine/core'
import { IconKeyframes } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { mayGet } from './scope-changes.ts'

interface ScopeListProps {
  scopes: Scope[]
  clients: Client[]
  selected: string | null
  onSelect: (name: string) => void
  onAdd: () => void
}

export function ScopeList({ scopes, clients, selected, onSelect, onAdd }: ScopeListProps) {
  const columns = useMemo(() => columnsFor(clients), [clients])
  return (
    <VirtualTable
      label="Scopes"
      columns={columns}
      rowCount={scopes.length}
      rowAt={(index) => scopes[index]}
      rowId={({ name }) => name}
      selectedId={selected}
      onSelect={onSelect}
      empty={
        <EmptyState
          icon={<IconKeyframes size={22} />}
          title="No scopes yet"
          action={
            <Button variant="default" onClick={onAdd}>
              Add a scope
            </Button>
          }
          sample={
            <Text fz="xs" ta="center">
              The sample API asks for read and write.
            </Text>
          }
        >
          Add what clients may ask for; until then every token is without scope.
        </EmptyState>
      }
    />
  )
}

const columnsFor = (clients: Client[]): Column<Scope>[] => [
  {
    id: 'name',
    header: 'Scope',
    width: 'minmax(120px, 1fr)',
    render: ({ name }) => (
      <Text component="span" fz="sm" ff="monospace" fw={550} title={name}>
        {name}
      </Text>
    ),
  },
  {
    id: 'description',
    header: 'Description',
    width: 'minmax(140px, 2fr)',
    render: ({ description }) => <span title={description}>{description}</span>,
  },
  {
    id: 'clients',
    header: 'Clients',
    width: '84px',
    render: ({ name }) => `${clients.filter((client) => mayGet(client, name)).length} of ${clients.length}`,
  },
]
