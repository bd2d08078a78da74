import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { IconDice5, IconKey } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Client } from '../../../shared/contract/operations/clients.ts'
import { runCommand } from '../../stores/commands.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyUndo } from '../../ui/notify.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { randomSecret } from './random-secret.ts'

/** Shows and replaces the secret. It guards nothing but this mock issuer, and so can be read again. */
export function SecretPanel({ client }: { client: Client }) {
  const { data, error, reload } = useOperation('clients.secret', { id: client.id })
  return (
    <Panel
      title="Client secret"
      description="Kept readable, so that it can be pasted into the app's settings."
      testId="client-secret"
    >
      <Stack gap="sm">
        {data?.secret && <CopyField label="client_secret" value={data.secret} secret testId="secret" />}
        {error && (
          <ErrorState title="The secret could not be read" message={error.message} onRetry={reload} />
        )}
        {data && <ReplaceSecret client={client} old={data.secret} />}
      </Stack>
    </Panel>
  )
}

function ReplaceSecret({ client: { id }, old }: { client: Client; old: string | null }) {
  const { client: core, report } = useWorkbench()
  const [secret, setSecret] = useState('')
  const { run, pending, error } = useCommand('clients.update')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ id, changes: { secret } })
    if (!result.ok) return
    setSecret('')
    if (old === null) return
    notifyUndo(`${id} has a new secret`, () => {
      void runCommand(core, report, 'clients.update', { id, changes: { secret: old } })
    })
  }

  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="sm">
        <PasswordInput
          flex="1 1 200px"
          maw={380}
          label="New secret"
          autoComplete="new-password"
          value={secret}
          error={fieldErrors(error?.issues, ['secret'], 'changes').fields.secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconDice5 size={15} aria-hidden />}
          onClick={() => setSecret(randomSecret())}
        >
          Generate
        </Button>
        <Button
          type="submit"
          variant="default"
          loading={pending}
          disabled={secret === ''}
          leftSection={<IconKey size={15} aria-hidden />}
        >
          Replace secret
        </Button>
      </Group>
    </form>
  )
}
