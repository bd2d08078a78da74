import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { IconExternalLink, IconPlayerStop } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { FlowRun, FlowWaiting } from '../../../shared/contract/operations/flows.ts'
import { useOperation } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import classes from './flows.module.css'
import type { RunActions } from './use-run-actions.ts'

interface WaitingProps {
  run: FlowRun
  waiting: FlowWaiting
  actions: RunActions
}

/** What a run waits for, for how long, and what there is to do meanwhile. */
export function Waiting({ run, waiting, actions }: WaitingProps) {
  const { redirectUri, deadline, refused } = waiting
  const device = redirectUri === null
  return (
    <section
      className={classes.waiting}
      aria-label={device ? 'Waiting for approval' : 'Waiting for the login'}
      data-testid="flow-waiting"
    >
      <Group justify="space-between" gap="xs">
        <Text fw={620} fz="sm" role="status">
          {device ? 'Waiting for somebody to approve the device' : 'Waiting for somebody to log in'}
        </Text>
        <Group gap="xs">
          <Text fz="xs" component="span">
            <Countdown until={deadline} announceAs="The wait" over="over" /> left
          </Text>
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            onClick={() => void actions.cancel()}
          >
            Stop waiting
          </Button>
        </Group>
      </Group>
      {device ? (
        <Device run={run} waiting={waiting} actions={actions} />
      ) : (
        <Redirect waiting={waiting} actions={actions} />
      )}
      {refused.length > 0 && (
        <div role="status">
          <Text fz="xs" fw={560}>
            Something came that was not it:
          </Text>
          <ul className={classes.refused}>
            {refused.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

type PartProps = Omit<WaitingProps, 'run'>

function Redirect({ waiting, actions }: PartProps) {
  const { redirectUri, listening, opened } = waiting
  return (
    <>
      <Text fz="sm">
        {opened ? 'The page was opened. ' : 'Open this page and log in. '}
        {listening
          ? `A listener takes the redirect to ${redirectUri}, once.`
          : `Nothing on this machine listens at ${redirectUri}: paste the address the browser ends at.`}
      </Text>
      <OpenPage waiting={waiting} actions={actions} />
      <PasteRedirect prominent={!listening} actions={actions} />
    </>
  )
}

function OpenPage({ waiting: { url, by, opened }, actions }: PartProps) {
  const { data: abilities } = useOperation('flows.abilities', {})
  const canOpen = by === 'window' || abilities?.opensBrowser === true
  return (
    <Group gap="sm" align="flex-end">
      <div className={classes.openUrl}>
        <CopyField label="Page to open" value={url} testId="flow-login-url" />
      </div>
      {canOpen ? (
        <Button
          variant="default"
          leftSection={<IconExternalLink size={15} aria-hidden />}
          loading={actions.busy === 'openLogin'}
          onClick={() => void actions.openLogin()}
        >
          {opened ? 'Open once more' : 'Open'}
        </Button>
      ) : (
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<IconExternalLink size={15} aria-hidden />}
        >
          Open in a tab
        </Button>
      )}
    </Group>
  )
}

/** For a redirect that nothing here can take, such as one to an app of somebody's own. */
function PasteRedirect({ prominent, actions }: { prominent: boolean; actions: RunActions }) {
  const [open, setOpen] = useState(prominent)
  const [url, setUrl] = useState('')
  if (!open)
    return (
      <Anchor component="button" type="button" fz="xs" onClick={() => setOpen(true)}>
        Paste the address instead
      </Anchor>
    )
  function submit(event: FormEvent) {
    event.preventDefault()
    void actions.receive(url)
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label="Address the browser ended at"
          description="With its query: code and state are in it."
          flex={1}
          spellCheck={false}
          autoComplete="off"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={url.trim() === ''}
          loading={actions.busy === 'receive'}
        >
          Take it
        </Button>
      </Group>
    </form>
  )
}

/** RFC 8628 3.3: the code, where to type it, and the address that has it in it. */
function Device({ run, waiting, actions }: WaitingProps) {
  const kept = (name: string) => run.values.findLast((value) => value.name === name)?.value ?? null
  const userCode = kept('user_code')
  const complete = kept('verification_uri_complete')
  const interval = kept('interval')
  return (
    <div className={classes.device}>
      {complete !== null && (
        <QrCode text={complete} label="QR code of the verification address with the code" />
      )}
      <div className={classes.deviceText}>
        {userCode !== null && (
          <Text className={classes.userCode} data-testid="flow-user-code">
            {userCode}
          </Text>
        )}
        <Text fz="sm">
          Type this code at {kept('verification_uri') ?? 'the verification address'}, or open the address
          below, which has it in it.
        </Text>
        <OpenPage waiting={waiting} actions={actions} />
        <Text fz="xs" c="dimmed">
          {run.state === 'polling'
            ? `The client asks for the tokens every ${interval ?? '5'} seconds (RFC 8628 3.5).`
            : `The next step asks for the tokens; not more often than every ${interval ?? '5'} seconds (RFC 8628 3.5).`}
        </Text>
      </div>
    </div>
  )
}
