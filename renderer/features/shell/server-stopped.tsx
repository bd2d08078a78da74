import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useCommand, useConnectionState, useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import classes from './shell.module.css'

export function useServerStopped(): boolean {
  const { data } = useOperation('status.get', {})
  return data?.server === 'stopped'
}

/** Stands above every section for as long as the issuer's port is closed. */
export function ServerStopped() {
  const stopped = useServerStopped()
  const connection = useConnectionState()
  const { run, pending } = useCommand('server.start')
  if (!stopped || connection === 'closed') return null
  return (
    <div className={classes.lost} role="status">
      <VerdictBanner
        tone="warn"
        verdict="The issuer is stopped"
        reason="Its port is closed: your apps find nobody there. What you see and change here stays."
        testId="server-stopped"
        actions={
          <Button
            variant="default"
            loading={pending}
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            onClick={() => void run({})}
          >
            Start the issuer
          </Button>
        }
      />
    </div>
  )
}
