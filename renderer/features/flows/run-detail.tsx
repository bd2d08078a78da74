import { Button } from '@mantine/core'
import { useCallback } from 'react'
import type { FlowKind, FlowRun } from '../../../shared/contract/operations/flows.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import classes from './flows.module.css'
import { RunHead } from './run-head.tsx'
import { RunSteps } from './run-steps.tsx'
import { RunValues } from './run-values.tsx'
import { type RunActions, useRunActions } from './use-run-actions.ts'

/** One run: what was sent, what is sent next, and what it has by now. */
export function RunDetail({ id, kinds }: { id: string; kinds: readonly FlowKind[] }) {
  const { data, error, reload } = useOperation('flows.get', { id })
  if (error?.code === 'not_found')
    return (
      <ErrorState
        title="This flow is no longer kept"
        message="It was deleted, or it was among the oldest. Start a new one."
      />
    )
  if (data) return <Run run={data} kinds={kinds} />
  return error ? (
    <ErrorState title="The flow could not be read" message={error.message} onRetry={reload} />
  ) : (
    <LoadingRows label="Reading the flow" />
  )
}

function Run({ run, kinds }: { run: FlowRun; kinds: readonly FlowKind[] }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const actions = useRunActions(run)
  const selected = stepOf(params.step, run)
  const select = useCallback(
    (index: number | null) => navigation.setParams({ step: index === null ? 'none' : String(index + 1) }),
    [navigation],
  )
  return (
    <>
      <RunHead run={run} kinds={kinds} actions={actions} />
      <Outside run={run} actions={actions} />
      <PageBody>
        <RunSteps run={run} actions={actions} selected={selected} onSelect={select} />
        <RunValues run={run} />
      </PageBody>
    </>
  )
}

/** `?step=` counts from 1 on, as the cards do; without it, the step that comes next is open. */
export function stepOf(wanted: string | undefined, run: Pick<FlowRun, 'steps' | 'next'>): number | null {
  if (wanted === undefined) return run.next ?? run.steps.at(-1)?.index ?? null
  const index = Number(wanted) - 1
  return run.steps.some((step) => step.index === index) ? index : null
}

/** Names the machines a run goes to, before anything goes there. */
function Outside({ run, actions }: { run: FlowRun; actions: RunActions }) {
  if (run.local && actions.asked === null) return null
  const hosts = run.hosts.length > 0 ? run.hosts.join(', ') : (actions.asked ?? 'The issuer')
  if (actions.allowed)
    return (
      <div className={classes.outside}>
        <VerdictBanner
          tone="info"
          verdict={`This flow calls ${hosts}`}
          reason="That is not this machine. You allowed it for this flow; every call is listed under Outgoing calls."
          testId="flow-outside"
        />
      </div>
    )
  return (
    <div className={classes.outside} role={actions.asked === null ? undefined : 'alert'}>
      <VerdictBanner
        tone="warn"
        verdict={`${actions.asked ?? hosts} is not on this machine`}
        reason="Requests of this flow go there, with the client’s secret where it has one. Nothing is sent until you allow it."
        actions={
          <Button size="xs" variant="default" onClick={actions.allow}>
            {actions.asked === null ? 'Allow for this flow' : 'Allow, and send'}
          </Button>
        }
        testId="flow-outside"
      />
    </div>
  )
}
