import { Checkbox, SegmentedControl, Switch, Table, Text } from '@mantine/core'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './clients.module.css'
import { allow, mayGet, setAny, setDefault } from './scope-changes.ts'
import { useScopeCommand } from './use-scope-command.ts'

/** Which scopes a client may be granted. Every click counts at once, for the next token. */
export function ScopePanel({ client, scopes }: { client: Client; scopes: Scope[] }) {
  const { apply, pending } = useScopeCommand()
  const known = scopes.map(({ name }) => name)
  const any = client.allowedScopes === null
  return (
    <Panel
      title="Scopes"
      description="A switch counts from the next token on; tokens that are out keep what they have."
      testId="client-scopes"
      actions={
        <SegmentedControl
          aria-label="Allowed scopes"
          data={[
            { value: 'any', label: 'Any' },
            { value: 'some', label: 'Only these' },
          ]}
          value={any ? 'any' : 'some'}
          disabled={pending}
          onChange={(mode) =>
            void apply(
              client,
              setAny(client, mode === 'any', known),
              mode === 'any'
                ? `${client.id} may get any scope`
                : `${client.id} may get only the scopes listed`,
            )
          }
        />
      }
    >
      <Table verticalSpacing={5} horizontalSpacing={6} className={classes.scopes}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>May get</Table.Th>
            <Table.Th w={92} title="What it gets when a request names no scope">
              By default
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {scopes.map((scope) => (
            <ScopeRow key={scope.name} client={client} scope={scope} known={known} />
          ))}
        </Table.Tbody>
      </Table>
      {scopes.length === 0 && (
        <Text fz="sm" c="dimmed">
          The workspace has no scopes. Add one under Scopes.
        </Text>
      )}
    </Panel>
  )
}

function ScopeRow({ client, scope, known }: { client: Client; scope: Scope; known: string[] }) {
  const { apply } = useScopeCommand()
  const { name, description } = scope
  const allowed = mayGet(client, name)
  return (
    <Table.Tr>
      <Table.Td>
        <Switch
          label={name}
          description={description}
          aria-label={name}
          checked={allowed}
          classNames={{ label: classes.scopeName }}
          onChange={(event) => {
            const on = event.currentTarget.checked
            void apply(
              client,
              allow(client, name, on, known),
              on ? `${client.id} may get ${name}` : `${client.id} may not get ${name} any more`,
            )
          }}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={`${name} by default`}
          disabled={!allowed}
          checked={client.defaultScopes.includes(name)}
          onChange={(event) => {
            const on = event.currentTarget.checked
            void apply(
              client,
              setDefault(client, name, on, known),
              on ? `${client.id} gets ${name} by default` : `${client.id} gets ${name} only when it asks`,
            )
          }}
        />
      </Table.Td>
    </Table.Tr>
  )
}
