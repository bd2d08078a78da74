import { Button, Code, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand/react'
import type { DesktopPreferences } from '../../../shared/contract/operations/host.ts'
import type { Status } from '../../../shared/contract/operations/status.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Unread } from '../../ui/states.tsx'
import classes from './settings.module.css'

/** Where the issuer listens and whether it does, and what the window does besides showing it. */
export function ServerPanel() {
  const [status, desktop] = [useOperation('status.get', {}), useOperation('desktop.get', {})]
  return (
    <div id="settings-server" tabIndex={-1} className={classes.anchor}>
      <Panel
        title="Server and window"
        description="The issuer's port can be closed and opened while the workbench goes on: to see what your app does when its provider is down."
        testId="server"
      >
        {status.data && desktop.data ? (
          <Stack gap="md">
            <Running status={status.data} />
            {desktop.data.preferences ? (
              <Desktop preferences={desktop.data.preferences} />
            ) : (
              <InBrowser control={status.data.control} />
            )}
          </Stack>
        ) : (
          <Unread what="the server's state" rows={3} reads={[status, desktop]} />
        )}
      </Panel>
    </div>
  )
}

function Running({ status: { issuer, server, control } }: { status: Status }) {
  const stop = useCommand('server.stop')
  const start = useCommand('server.start')
  return (
    <Stack gap="xs">
      <CopyField label="Issuer" value={issuer} />
      {control && <CopyField label="Control API" value={control} />}
      {server !== null && (
        <Group gap="sm">
          {server === 'running' ? (
            <Button
              variant="default"
              loading={stop.pending}
              leftSection={<IconPlayerStop size={15} aria-hidden />}
              onClick={() => void stop.run({})}
            >
              Stop the issuer
            </Button>
          ) : (
            <Button
              variant="default"
              loading={start.pending}
              leftSection={<IconPlayerPlay size={15} aria-hidden />}
              onClick={() => void start.run({})}
            >
              Start the issuer
            </Button>
          )}
          <Text fz="sm" data-testid="server-state">
            {server === 'running' ? 'It is running.' : 'It is stopped.'}
          </Text>
        </Group>
      )}
    </Stack>
  )
}

function Desktop({ preferences }: { preferences: DesktopPreferences }) {
  const { run, pending } = useCommand('desktop.update')
  const { port, keepRunning, notifyFailures } = preferences
  return (
    <Stack gap="sm">
      <PortForm key={port} stored={port} />
      <Switch
        label="Closing the window leaves the issuer running, in the tray"
        checked={keepRunning}
        disabled={pending}
        onChange={(event) => void run({ keepRunning: event.currentTarget.checked })}
      />
      <Switch
        label="Notify of refused requests while no window is in front"
        checked={notifyFailures}
        disabled={pending}
        onChange={(event) => void run({ notifyFailures: event.currentTarget.checked })}
      />
    </Stack>
  )
}

function PortForm({ stored }: { stored: number }) {
  const { run, pending, error } = useCommand('desktop.update', { quiet: true })
  const [port, setPort] = useState<number | string>(stored)
  const changed = typeof port === 'number' && port !== stored
  async function save(event: FormEvent) {
    event.preventDefault()
    if (!changed) return
    const result = await run({ port })
    if (result.ok) notifyDone('Counts from the next start on')
  }
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="Issuer's port from the next start on"
          description="0 takes a free one; so does a port that is taken. GRANTSCOPE_PORT goes first."
          min={0}
          max={65_535}
          allowDecimal={false}
          allowNegative={false}
          maw={330}
          value={port}
          error={error?.message}
          onChange={setPort}
        />
        <Button type="submit" variant="default" disabled={pending || !changed}>
          Set port
        </Button>
      </Group>
    </form>
  )
}

function InBrowser({ control }: { control: string | null }) {
  const { notices } = useWorkbench()
  const on = useStore(notices.store, (state) => state.on)
  const [denied, setDenied] = useState(false)
  async function change(wanted: boolean) {
    const allowed = !wanted || (await Notification.requestPermission()) === 'granted'
    setDenied(!allowed)
    notices.set(wanted && allowed)
  }
  return (
    <Stack gap="sm">
      <Text fz="sm">
        Other ports are chosen at the start:{' '}
        <Code>grantscope serve --port 5500{control && ' --control-port 5501'}</Code>
      </Text>
      <Switch
        label="Notify of refused requests while this tab is not in front"
        checked={on}
        error={
          denied && 'The browser does not allow notifications of this page; its settings for this address do.'
        }
        onChange={(event) => void change(event.currentTarget.checked)}
      />
    </Stack>
  )
}
