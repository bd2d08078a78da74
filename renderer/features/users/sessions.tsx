import { Button, Group, Stack, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import type { Session } from '../../../shared/contract/operations/sessions.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { Countdown } from '../../ui/countdown.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { sessionSummary, toldInWords } from './session-words.ts'
import classes from './users.module.css'

/** Where the user is logged in now. */
export function SessionsPanel({ userId }: { userId: string }) {
  const { data, error, reload } = useOperation('sessions.list', {})
  const sessions = data?.filter((session) => session.userId === userId)
  return (
    <Panel
      title="Sessions"
      description="Browsers the user is logged in with. To end one is a logout: its tokens are revoked, and apps with a back channel are told."
      testId="sessions"
    >
      {error && !data && (
        <ErrorState title="The sessions could not be read" message={error.message} onRetry={reload} />
      )}
      {sessions?.length === 0 && (
        <Text fz="sm" c="dimmed">
          Not logged in anywhere. A login in a browser, at /authorize or /login, starts a session.
        </Text>
      )}
      <Stack gap="sm">
        {sessions?.map((session) => (
          <SessionRow key={session.sid} session={session} />
        ))}
      </Stack>
    </Panel>
  )
}

function SessionRow({ session }: { session: Session }) {
  const { sid, authTime, expiresAt } = session
  const { run, pending } = useCommand('sessions.end')

  async function end() {
    const result = await run({ sid })
    if (result.ok) notifyDone(toldInWords(result.value.told))
  }

  return (
    <Group className={classes.session} gap="8px 14px" data-testid={`session-${sid}`}>
      <div className={classes.sessionText}>
        <Text fz="sm">{sessionSummary(session)}</Text>
        <Text fz="xs" c="dimmed">
          Logged in <Time at={authTime} form="short" />, ends in{' '}
          <Countdown until={expiresAt} over="a moment" /> · sid <span className={classes.sid}>{sid}</span>
        </Text>
      </div>
      <Button
        variant="default"
        loading={pending}
        leftSection={<IconLogout size={15} aria-hidden />}
        onClick={() => void end()}
      >
        End session
      </Button>
    </Group>
  )
}
