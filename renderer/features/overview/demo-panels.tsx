import { ActionIcon, Anchor, Group, Table, Text } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Unread } from '../../ui/states.tsx'
import { demoClients, demoUsers } from './demo.ts'
import classes from './overview.module.css'

/** The demo users that are still there, with the passwords they were made with. */
export function DemoUsersPanel() {
  const read = useOperation('users.list', {})
  const { data } = read
  if (!data) return <Unread what="users" reads={[read]} />
  const present = demoUsers.flatMap((demo) => {
    const user = data.find(({ id }) => id === demo.id)
    return user ? [{ ...demo, user }] : []
  })
  if (present.length === 0) return null
  return (
    <Panel title="Demo users" description="With the passwords the demo workspace gives them.">
      <Table verticalSpacing={4} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>User</Table.Th>
            <Table.Th>Password</Table.Th>
            <Table.Th>What for</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {present.map(({ user, password, note }) => (
            <Table.Tr key={user.id} data-testid={`demo-user-${user.id}`}>
              <Table.Td>
                <Anchor fz="sm" href={formatRoute({ section: 'users', id: user.id, params: {} })}>
                  {user.username}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Group gap={2} wrap="nowrap">
                  <span className={classes.mono}>{password}</span>
                  <CopyButton value={password} what={`password of ${user.username}`} />
                </Group>
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Text fz="xs" c="dimmed">
                    {note}
                  </Text>
                  {!user.active && <StateBadge state="inactive" />}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

export function DemoClientsPanel() {
  const read = useOperation('clients.list', {})
  const { data } = read
  if (!data) return <Unread what="clients" reads={[read]} />
  const present = demoClients.flatMap((demo) => {
    const client = data.find(({ id }) => id === demo.id)
    return client ? [{ ...demo, hasSecret: client.hasSecret }] : []
  })
  if (present.length === 0) return null
  return (
    <Panel
      title="Demo clients"
      description="They accept any redirect URI on a loopback host, any port and path."
    >
      <Table verticalSpacing={4} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Client id</Table.Th>
            <Table.Th>Secret</Table.Th>
            <Table.Th>What for</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {present.map(({ id, hasSecret, note }) => (
            <Table.Tr key={id} data-testid={`demo-client-${id}`}>
              <Table.Td>
                <Group gap={2} wrap="nowrap">
                  <Anchor fz="sm" href={formatRoute({ section: 'clients', id, params: {} })}>
                    {id}
                  </Anchor>
                  <CopyButton value={id} what={`client id ${id}`} />
                </Group>
              </Table.Td>
              <Table.Td>
                {hasSecret ? (
                  <Secret id={id} />
                ) : (
                  <Text fz="xs" c="dimmed">
                    none
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text fz="xs" c="dimmed">
                  {note}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

function Secret({ id }: { id: string }) {
  const [shown, setShown] = useState(false)
  const { data } = useOperation('clients.secret', { id })
  const secret = data?.secret
  if (!secret) return null
  const Eye = shown ? IconEyeOff : IconEye
  return (
    <Group gap={2} wrap="nowrap">
      <span className={classes.mono}>{shown ? secret : '••••••••'}</span>
      <ActionIcon onClick={() => setShown(!shown)} aria-label={`${shown ? 'Hide' : 'Show'} secret of ${id}`}>
        <Eye size={16} aria-hidden />
      </ActionIcon>
      <CopyButton value={secret} what={`secret of ${id}`} />
    </Group>
  )
}
