import { Button, Group, Tabs, Text } from '@mantine/core'
import { IconArrowDown, IconChevronRight, IconGitBranch, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { FlowAttempt, FlowRun, FlowStep } from '../../../shared/contract/operations/flows.ts'
import { SpecLinks } from '../../ui/exchange/spec-links.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { AttemptChoice } from './attempt-choice.tsx'
import { AttemptAnswer, AttemptChecks, AttemptTokens, tokensOf } from './attempt-view.tsx'
import { DeviceCode } from './device-code.tsx'
import { RequestEditor } from './request-editor.tsx'
import { isUnderWay, stepLooks } from './run-words.ts'
import classes from './steps.module.css'
import type { RunActions } from './use-run-actions.ts'
import { Waiting } from './waiting.tsx'

interface StepCardProps {
  run: FlowRun
  step: FlowStep
  actions: RunActions
  open: boolean
  onSelect: (index: number | null) => void
}

/** One step: a line that opens in place. */
export function StepCard({ run, step, actions, open, onSelect }: StepCardProps) {
  const { index, title, state } = step
  return (
    <li className={classes.card} data-open={open || undefined} data-testid={`flow-step-${index + 1}`}>
      <button
        type="button"
        className={classes.cardHead}
        aria-expanded={open}
        data-step={index}
        onClick={() => onSelect(open ? null : index)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        <span className={classes.cardNumber}>{index + 1}</span>
        <span className={classes.cardTitle}>{title}</span>
        {run.next === index && state === 'ready' && <span className={classes.next}>Next</span>}
        <StateBadge {...stepLooks[state]} />
      </button>
      {open && (
        <div className={classes.inside}>
          <Text fz="sm">
            {step.does}{' '}
            <Text component="span" fz="xs" c="dimmed">
              <SpecLinks spec={step.spec} />
            </Text>
          </Text>
          {run.waiting?.step === index && <Waiting waiting={run.waiting} actions={actions} />}
          <DeviceCode run={run} step={step} actions={actions} />
          {/* A new attempt is shown as soon as it is there. */}
          <StepContent key={step.attempts.length} run={run} step={step} actions={actions} />
          <StepFoot run={run} step={step} actions={actions} onSelect={onSelect} />
        </div>
      )}
    </li>
  )
}

type StepTab = 'request' | 'answer' | 'checks' | 'tokens'

function StepContent({ run, step, actions }: Pick<StepCardProps, 'run' | 'step' | 'actions'>) {
  const { attempts } = step
  const [tab, setTab] = useState<StepTab>(attempts.length > 0 ? 'answer' : 'request')
  const [shown, setShown] = useState(attempts.length - 1)
  const attempt = attempts[shown]
  return (
    <Tabs value={tab} onChange={(next) => setTab((next ?? 'request') as StepTab)}>
      <Tabs.List>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        {attempt && <AttemptTabs attempt={attempt} />}
      </Tabs.List>
      <Tabs.Panel value="request" className={classes.panel}>
        <RequestEditor runId={run.id} step={step} onRestore={() => void actions.restore(step.index)} />
      </Tabs.Panel>
      {attempt && (
        <>
          <Tabs.Panel value="answer" className={classes.panel}>
            <AttemptChoice attempts={attempts} shown={shown} onShow={setShown} />
            <AttemptAnswer attempt={attempt} />
          </Tabs.Panel>
          <Tabs.Panel value="checks" className={classes.panel}>
            <AttemptChoice attempts={attempts} shown={shown} onShow={setShown} />
            <AttemptChecks attempt={attempt} />
          </Tabs.Panel>
          <Tabs.Panel value="tokens" className={classes.panel}>
            <AttemptChoice attempts={attempts} shown={shown} onShow={setShown} />
            <AttemptTokens attempt={attempt} builtIn={run.profile.issuer.kind === 'built-in'} />
          </Tabs.Panel>
        </>
      )}
    </Tabs>
  )
}

function AttemptTabs({ attempt }: { attempt: FlowAttempt }) {
  const failed = attempt.checks.filter(({ outcome }) => outcome === 'failed').length
  return (
    <>
      <Tabs.Tab value="answer">Answer</Tabs.Tab>
      <Tabs.Tab value="checks">
        Checks{' '}
        <span className={classes.count} data-bad={failed > 0 || undefined}>
          {failed > 0 ? `${failed} failed` : attempt.checks.length}
        </span>
      </Tabs.Tab>
      <Tabs.Tab value="tokens">
        Tokens <span className={classes.count}>{tokensOf(attempt).length}</span>
      </Tabs.Tab>
    </>
  )
}

function StepFoot({ run, step, actions, onSelect }: Omit<StepCardProps, 'open'>) {
  const { index, state, prepared, type, attempts } = step
  const sendable = (prepared !== null || type === 'login') && state !== 'blocked'
  const following = run.next !== null && run.next !== index ? run.steps[run.next] : undefined
  return (
    <Group gap="xs" justify="space-between">
      <Group gap="xs">
        <Button
          variant="default"
          disabled={!sendable || isUnderWay(run) || actions.busy !== null}
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          onClick={() => void actions.send(index)}
        >
          {attempts.length > 0 ? 'Send again' : 'Send'}
        </Button>
        <Button
          variant="default"
          disabled={state === 'blocked' || actions.busy !== null}
          leftSection={<IconGitBranch size={15} aria-hidden />}
          onClick={() => void actions.branch(index)}
        >
          Branch here
        </Button>
      </Group>
      {following && (
        <Button
          variant="subtle"
          rightSection={<IconArrowDown size={14} aria-hidden />}
          onClick={() => onSelect(following.index)}
        >
          {`Step ${following.index + 1}: ${following.title}`}
        </Button>
      )}
    </Group>
  )
}
