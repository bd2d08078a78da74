import { Anchor, Button, Group, Text, TextInput } from '@mantine/core'
import { IconExternalLink, IconPlayerStop } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { FlowWaiting } from '../../../shared/contract/operations/flows.ts'
import { useOperation } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import classes from './flows.module.css'
import type { RunActions } from './use-run-actions.ts'

interface WaitingProps {
  waiting: FlowWaiting
  actions: RunActions
}

/** What a login is waited for, for how long, and what there is to do meanwhile. */
export function Waiting({ waiting, actions }: WaitingProps) {
  const { deadline, refused, listening, opened } = waiting
  return (
    <section className={classes.waiting} aria-label="Waiting for the login" data-testid="flow-waiting">
      <Group justify="space-between" gap="xs">
        <Text fw={620} fz="sm" role="status">
          Waiting for somebody to log in
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
      <Text fz="sm">
        {opened ? 'The page was opened. ' : 'Open this page and log in. '}
        {whoTakes(waiting)}
      </Text>
      <OpenPage waiting={waiting} actions={actions} />
      <PasteRedirect prominent={!listening} actions={actions} />
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

/** What becomes of the redirect, and what the user has to do for it. */
function whoTakes({ by, listening, opened, redirectUri }: FlowWaiting): string {
  if (listening) return `A listener takes the redirect to ${redirectUri}, once.`
  if (by === 'window' && opened)
    return `The window takes the redirect to ${redirectUri}; the app that is there does not see it.`
  return `Nothing on this machine listens at ${redirectUri}: paste the address the browser ends at.`
}

function OpenPage({ waiting: { url, by, opened }, actions }: WaitingProps) {
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
      <Anchor component="button" type="button" fz="xs" ta="start" onClick={() => setOpen(true)}>
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
