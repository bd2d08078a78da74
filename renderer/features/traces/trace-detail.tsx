import { Title } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import type { OutputOf } from '../../../shared/contract/operations/index.ts'
import { toSequence } from '../../../shared/flow/sequence.ts'
import { count, isRefused } from '../../../shared/flow/words.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { type ExchangeTab, exchangeTabs } from '../../ui/exchange/exchange-view.tsx'
import { FindingList } from '../../ui/exchange/finding-list.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { TraceHead } from './trace-head.tsx'
import { TraceSteps } from './trace-steps.tsx'

/** One login or grant from its first exchange to its last. */
export function TraceDetail({ traceId }: { traceId: string }) {
  const { data, error, reload } = useOperation('traces.get', { id: traceId })
  if (error?.code === 'not_found')
    return (
      <ErrorState
        title="This trace is no longer recorded"
        message="The traces were cleared, or it was among the oldest. Settings say how many are kept; a pinned trace stays."
      />
    )
  if (data) return <Trace trace={data} />
  return error ? (
    <ErrorState title="The trace could not be read" message={error.message} onRetry={reload} />
  ) : (
    <LoadingRows label="Reading the trace" />
  )
}

const inSection = {}
const inOwnWindow = { alone: '1' }

type WholeTrace = OutputOf<'traces.get'>

function Trace({ trace }: { trace: WholeTrace }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { exchanges, findings, clientId, exchangeCount } = trace
  const sequence = useMemo(() => toSequence(exchanges), [exchanges])
  const here = useMemo(() => new Set(exchanges.map(({ id }) => id)), [exchanges])
  const step = Number(params.step)
  const tab = exchangeTabs.find((known) => known === params.tab) ?? 'guide'
  const kept = params.alone === undefined ? inSection : inOwnWindow
  const select = useCallback(
    (id: number | null) =>
      navigation.setParams({ ...kept, ...(id === null ? {} : { step: String(id), tab }) }),
    [navigation, kept, tab],
  )
  const setTab = useCallback(
    (next: ExchangeTab) => navigation.setParams({ ...kept, step: String(step), tab: next }),
    [navigation, kept, step],
  )
  const open = (id: number) => (here.has(id) ? showStep(select, id) : navigation.go('traces', String(id)))
  return (
    <PageBody>
      <TraceHead trace={trace} firstTook={exchanges[0]?.durationMs ?? 0} />
      <TraceVerdict trace={trace} />
      <StruckNote exchanges={exchanges} />
      {findings.length > 0 && (
        <section aria-labelledby="trace-findings">
          <Title order={3} id="trace-findings" mb={6}>
            {count(findings.length, 'finding')} over the whole trace
          </Title>
          <FindingList findings={findings} here={here} onOpen={open} />
        </section>
      )}
      <TraceSteps
        sequence={sequence}
        clientId={clientId}
        total={exchangeCount}
        selectedId={here.has(step) ? step : null}
        tab={tab}
        onSelect={select}
        onTab={setTab}
      />
    </PageBody>
  )
}

/** Says on top that not all of it is the app's doing. */
function StruckNote({ exchanges }: Pick<WholeTrace, 'exchanges'>) {
  const struck = exchanges.filter(({ faults }) => faults.length > 0)
  if (struck.length === 0) return null
  const names = new Set(struck.flatMap(({ faults }) => faults.map(({ name }) => name)))
  return (
    <VerdictBanner
      tone="warn"
      verdict={`Faults struck ${count(struck.length, 'exchange')}`}
      reason={`On purpose: ${[...names].join(', ')}. Each is marked below.`}
      testId="trace-faults"
    />
  )
}

/** Opens a step from elsewhere on the page, and goes there once it is drawn. */
function showStep(select: (id: number) => void, id: number): void {
  select(id)
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-testid="step-${id}"]`)?.focus())
}

function TraceVerdict({ trace: { refusals, problems, exchanges } }: { trace: WholeTrace }) {
  const struck = exchanges.some(({ faults }) => faults.length > 0)
  const blamed = exchanges.some((exchange) => exchange.faults.length === 0 && isRefused(exchange))
  if (refusals > 0 && (blamed || !struck))
    return (
      <VerdictBanner
        tone="bad"
        verdict={count(refusals, 'refusal')}
        reason="Each is marked below with the check that failed. Open it for what was seen and what was expected."
        testId="trace-verdict"
      />
    )
  // Then what the faults did is all there is to say.
  if (struck && problems === 0) return null
  return (
    <VerdictBanner
      tone={problems > 0 ? 'warn' : 'good'}
      verdict={struck ? 'Nothing else was refused' : 'Nothing was refused'}
      reason={problems > 0 ? 'And yet not all is well: see the findings.' : undefined}
      testId="trace-verdict"
    />
  )
}
