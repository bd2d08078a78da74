import { Button, Text } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import type { User } from '../../../shared/contract/operations/users.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { NewUserDialog } from './new-user.tsx'
import { UserDetail } from './user-detail.tsx'
import { matchesUser } from './user-fields.ts'

export function Users() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  const users = useOperation('users.list', {})
  const openNew = () => navigation.setParams({ new: '1' })
  const add = (
    <PrimaryButton leftSection={<IconUserPlus size={15} aria-hidden />} onClick={openNew}>
      Add user
    </PrimaryButton>
  )
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can log in at this issuer, what their tokens say, and their second factor."
        actions={add}
      />
      {users.data ? (
        <ListDetail
          name="users"
          label="Users"
          list={<UserList users={users.data} selectedId={id} onSelect={navigation.select} onAdd={openNew} />}
          detail={id !== null && <UserDetail key={id} id={id} />}
          onCloseDetail={() => navigation.select(null)}
        />
      ) : users.error ? (
        <ErrorState
          title="The users could not be read"
          message={users.error.message}
          onRetry={users.reload}
        />
      ) : (
        <LoadingRows label="Reading users" />
      )}
      <NewUserDialog
        opened={params.new !== undefined}
        onClose={() => navigation.setParams({})}
        onCreated={(user) => navigation.go('users', user.id)}
      />
    </>
  )
}

const columns: Column<User>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(130px, 1.2fr)',
    render: (user) => (
      <>
        <Text component="span" fz="sm" fw={550}>
          {user.username}
        </Text>{' '}
        {user.name && (
          <Text component="span" fz="xs" c="dimmed">
            {user.name}
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '96px',
    render: (user) => <StateBadge state={user.active ? 'active' : 'inactive'} />,
  },
  {
    id: 'factor',
    header: 'Second factor',
    width: '116px',
    render: (user) => <StateBadge state={user.secondFactor} />,
  },
  { id: 'email', header: 'E-mail', width: 'minmax(120px, 1fr)', from: 470, render: (user) => user.email },
]

interface UserListProps {
  users: User[]
  selectedId: string | null
  onSelect: (id: string) => void
  onAdd: () => void
}

function UserList({ users, selectedId, onSelect, onAdd }: UserListProps) {
  const [search, setSearch] = useState('')
  const shown = users.filter((user) => matchesUser(user, search))
  return (
    <>
      <ListSearch
        noun="user"
        placeholder="Search by name, e-mail or id"
        value={search}
        onChange={setSearch}
        shown={shown.length}
        total={users.length}
      />
      <VirtualTable
        label="Users"
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={(user) => user.id}
        selectedId={selectedId}
        onSelect={onSelect}
        empty={
          <EmptyState
            icon={<IconUsers size={22} />}
            title={search ? 'No user matches' : 'No users yet'}
            action={
              !search && (
                <Button variant="default" onClick={onAdd}>
                  Add a user
                </Button>
              )
            }
            sample={
              !search && <Text fz="xs">A workspace reset brings back alice, bob, carol, dave and erin.</Text>
            }
          >
            {search ? 'Search looks at user name, name, e-mail and id.' : 'Add one to log in with.'}
          </EmptyState>
        }
      />
    </>
  )
}
