import { Anchor, Group, Select, Switch, Text, Title } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { Fragment, useMemo, useState } from 'react'
import type { TraceSummary } from '../../../shared/contract/operations/traces.ts'
import { type ComparedStep, compareTraces, type Difference } from '../../../shared/flow/compare.ts'
import { count, exchangeWords, traceWords } from '../../../shared/flow/words.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { formatClock } from '../../ui/format/time.ts'
import { PageBody } from '../../ui/panel.tsx'
import { EmptyState, Unread } from '../../ui/states.tsx'
import { traceRoute } from './rows.ts'
import classes from './trace.module.css'

/** Two traces beside each other: which steps they have in common, and in what those differ, down to the claims of their tokens. */
export function Compare() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { a = null, b = null } = params
  const traces = useOperation('traces.list', { limit: 1000 })
  const choose = (side: 'a' | 'b') => (id: string | null) => {
    const { [side]: _, ...rest } = params
    navigation.setParams(id === null ? rest : { ...rest, [side]: id })
  }
  return (
    <PageBody>
      <Title order={2}>Compare two traces</Title>
      <Group gap="sm" align="flex-end">
        <TraceSelect label="Trace A" traces={traces.data ?? []} value={a} onChange={choose('a')} />
        <TraceSelect label="Trace B" traces={traces.data ?? []} value={b} onChange={choose('b')} />
      </Group>
      {a !== null && b !== null ? (
        <Compared a={a} b={b} />
      ) : (
        <EmptyState icon={<IconArrowsDiff size={22} />} title="Choose two traces">
          A login that works and one that does not, say: what differs is likely the reason.
        </EmptyState>
      )}
    </PageBody>
  )
}

interface TraceSelectProps {
  label: string
  traces: readonly TraceSummary[]
  value: string | null
  onChange: (id: string | null) => void
}

const TraceSelect = ({ label, traces, value, onChange }: TraceSelectProps) => (
  <Select
    label={label}
    placeholder="Choose a trace"
    flex="1 1 220px"
    searchable
    clearable
    limit={50}
    nothingFoundMessage="No trace of that name"
    data={traces.map((trace) => ({ value: trace.id, label: traceLabel(trace) }))}
    value={value}
    onChange={onChange}
  />
)

const traceLabel = (trace: TraceSummary): string =>
  `${trace.name ?? traceWords(trace)}, ${formatClock(trace.startedAt)}, ${count(trace.exchangeCount, 'exchange')}`

function Compared({ a, b }: { a: string; b: string }) {
  const [left, right] = [useOperation('traces.get', { id: a }), useOperation('traces.get', { id: b })]
  const [natural, setNatural] = useState(false)
  const steps = useMemo(
    () => (left.data && right.data ? compareTraces(left.data.exchanges, right.data.exchanges) : null),
    [left.data, right.data],
  )
  if (!steps || left.error || right.error) return <Unread what="the traces" reads={[left, right]} />
  const shown = steps.map((step) => ({
    ...step,
    differences: step.differences.filter((difference) => natural || !difference.natural),
  }))
  const differing = shown.filter((step) => !step.left || !step.right || step.differences.length > 0).length
  return (
    <>
      <VerdictBanner
        tone={differing === 0 ? 'good' : 'info'}
        verdict={differing === 0 ? 'No difference' : `${differing} of ${count(steps.length, 'step')} differ`}
        testId="compare-verdict"
      />
      <Switch
        label="Show also what is new each time (state, codes, tokens, times)"
        checked={natural}
        onChange={(event) => setNatural(event.currentTarget.checked)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.compared} aria-label="Steps of both traces" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <SideHead name="A" id={a} />
              <SideHead name="B" id={b} />
            </tr>
          </thead>
          <tbody>
            {shown.map((step) => (
              <StepRows key={`${step.left?.id} ${step.right?.id}`} step={step} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

const SideHead = ({ name, id }: { name: string; id: string }) => (
  <th scope="col">
    <Anchor href={`#/traces/${traceRoute(id)}`} inherit underline="always">
      Trace {name}
    </Anchor>
  </th>
)

function StepRows({ step: { left, right, differences } }: { step: ComparedStep }) {
  const either = (left ?? right)!
  return (
    <Fragment>
      <tr className={classes.stepRow}>
        <th scope="row">
          {either.method} {either.endpoint ?? either.target}
        </th>
        <td>{left ? exchangeWords(left) : <Absent />}</td>
        <td>{right ? exchangeWords(right) : <Absent />}</td>
      </tr>
      {differences.map((difference) => (
        <DifferenceRow key={difference.what} difference={difference} />
      ))}
    </Fragment>
  )
}

const DifferenceRow = ({ difference: { what, left, right } }: { difference: Difference }) => (
  <tr className={classes.difference}>
    <th scope="row">{what}</th>
    <td>{left ?? <Absent />}</td>
    <td>{right ?? <Absent />}</td>
  </tr>
)

const Absent = () => (
  <Text component="span" inherit className={classes.absent}>
    not there
  </Text>
)
