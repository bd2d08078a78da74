import { Anchor, Button, Group, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleDashed, IconPlayerPlay } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Tour, TourRun } from '../../../shared/contract/operations/tour.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusCode } from '../../ui/state-badge.tsx'
import classes from './tour.module.css'
import { announcement, firstDraft, isDone, type TourStepWords, tourSteps } from './tour-words.ts'

/** The first run: a login that works, one that does not, and the user who mends it. Gone once it is closed. */
export function TourPanel() {
  const { data: tour } = useOperation('tour.get', {})
  const { run: change } = useCommand('tour.change')
  if (!tour || tour.skipped) return null
  const done = tour.next === null
  return (
    <Panel
      title={done ? 'Tour: done' : 'Thirty-second tour'}
      description={
        done
          ? 'You have read a trace, and mended an app with it. Now point your own app here.'
          : 'See what Grantscope shows of a login, one that works and one that does not.'
      }
      testId="tour"
      actions={
        <Button size="compact-sm" variant="subtle" onClick={() => void change({ skipped: true })}>
          {done ? 'Close' : 'Skip the tour'}
        </Button>
      }
    >
      <ol className={classes.steps}>
        {tourSteps.map((words, index) => (
          <Step key={words.step} words={words} number={index + 1} tour={tour} />
        ))}
      </ol>
      {done && (
        <Group gap="md" mt="sm">
          <Anchor
            component="button"
            type="button"
            fz="xs"
            onClick={() => void change({ skipped: false, restart: true })}
          >
            Start again
          </Anchor>
          <Anchor fz="xs" href={formatRoute({ section: 'recipes', id: null, params: {} })}>
            Go on with the recipes
          </Anchor>
        </Group>
      )}
    </Panel>
  )
}

interface StepProps {
  words: TourStepWords
  number: number
  tour: Tour
}

function Step({ words, number, tour }: StepProps) {
  const { step, title, text } = words
  const run = tour.runs[step]
  const done = isDone(step, run)
  const reachable = done || tour.next === step
  const Icon = done ? IconCircleCheckFilled : IconCircleDashed
  return (
    <li
      className={classes.step}
      data-state={done ? 'done' : tour.next === step ? 'next' : 'later'}
      data-testid={`tour-${step}`}
      aria-current={tour.next === step ? 'step' : undefined}
    >
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        <Text fz="sm" fw={600}>
          {number}. {title}
          <VisuallyHidden>{done ? ' (done)' : ' (to do)'}</VisuallyHidden>
        </Text>
        <Text fz="xs" c="dimmed">
          {text}
        </Text>
        {step === 'fix' ? (
          reachable && <Mend tour={tour} words={words} />
        ) : (
          <RunButton words={words} tour={tour} disabled={!reachable} />
        )}
        {run && <Outcome run={run} />}
      </div>
    </li>
  )
}

interface RunButtonProps {
  words: TourStepWords
  tour: Tour
  disabled?: boolean
  redirectUri?: string
}

/** One element through all states, so that the keyboard stays on it. The step that comes next is what Ctrl/Cmd+Enter presses. */
function RunButton({
  words: { step, run: first, again },
  tour,
  disabled = false,
  redirectUri,
}: RunButtonProps) {
  const { run, pending } = useCommand('tour.run')
  const announce = useAnnounce()
  const isNext = tour.next === step

  async function start() {
    if (pending) return
    const result = await run(redirectUri === undefined ? { step } : { step, redirectUri })
    if (result.ok) announce(announcement(step, result.value))
  }

  return (
    <Button
      size="xs"
      variant={isNext ? 'filled' : 'default'}
      leftSection={<IconPlayerPlay size={14} aria-hidden />}
      disabled={disabled}
      aria-busy={pending}
      className={classes.run}
      onClick={() => void start()}
      {...(isNext ? { 'data-primary-action': true, 'aria-keyshortcuts': 'Control+Enter Meta+Enter' } : {})}
    >
      {pending ? 'Running…' : tour.runs[step] === null ? first : again}
    </Button>
  )
}

function Mend({ tour, words }: { tour: Tour; words: TourStepWords }) {
  const [redirectUri, setRedirectUri] = useState(() => firstDraft(tour))
  return (
    <>
      <TextInput
        size="xs"
        label="redirect_uri of the token request"
        value={redirectUri}
        spellCheck={false}
        className={classes.uri}
        onChange={(event) => setRedirectUri(event.currentTarget.value)}
      />
      <RunButton
        words={words}
        tour={tour}
        redirectUri={redirectUri.trim()}
        disabled={redirectUri.trim() === ''}
      />
    </>
  )
}

function Outcome({ run }: { run: TourRun }) {
  const [status = '', error = ''] = run.answer.split(' ')
  const { finding } = run
  return (
    <div className={classes.outcome}>
      <Group gap={8}>
        <StatusCode status={Number(status)} />
        <Text fz="xs">{run.succeeded ? 'The app has its tokens' : error}</Text>
        <TraceLink run={run}>{run.succeeded ? 'See its trace' : 'See why in its trace'}</TraceLink>
      </Group>
      {finding && (
        <div className={classes.finding}>
          <Text fz="xs" fw={600}>
            {finding.title}
          </Text>
          <Text fz="xs">Sent: {finding.observed}</Text>
          <Text fz="xs">Expected: {finding.expected}</Text>
          <Text fz="xs" fw={600}>
            {finding.hint}
          </Text>
        </div>
      )}
    </div>
  )
}

function TraceLink({ run: { traceId, exchangeId }, children }: { run: TourRun; children: ReactNode }) {
  if (traceId === null)
    return (
      <Text fz="xs" c="dimmed">
        Its trace is no longer recorded
      </Text>
    )
  const params = { step: String(exchangeId) }
  return (
    <Anchor fz="xs" href={formatRoute({ section: 'traces', id: `trace-${traceId}`, params })}>
      {children}
    </Anchor>
  )
}
