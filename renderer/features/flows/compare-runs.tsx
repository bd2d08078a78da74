import { Anchor, Group, Select, Text, Title } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { FlowKind, FlowRun, FlowRunSummary } from '../../../shared/contract/operations/flows.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { claimText } from '../../ui/format/claims.ts'
import { PageBody } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { EmptyState, Unread } from '../../ui/states.tsx'
import { type ComparedToken, compareTokens } from './compare-tokens.ts'
import classes from './flows.module.css'
import { runLooks, runName } from './run-words.ts'
import { useFlowNames } from './use-flow-names.ts'

interface CompareRunsProps {
  runs: readonly FlowRunSummary[]
  kinds: readonly FlowKind[]
}

/** Two identities side by side: how far each came, and what its tokens say. */
export function CompareRuns({ runs, kinds }: CompareRunsProps) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { a = null, b = null } = params
  const choose = (side: 'a' | 'b') => (id: string | null) => {
    const { [side]: _, ...rest } = params
    navigation.setParams(id === null ? rest : { ...rest, [side]: id })
  }
  return (
    <PageBody>
      <Title order={2}>Compare two flows</Title>
      <Group gap="sm" align="flex-end">
        <RunSelect label="Flow A" runs={runs} value={a} onChange={choose('a')} />
        <RunSelect label="Flow B" runs={runs} value={b} onChange={choose('b')} />
      </Group>
      {a !== null && b !== null ? (
        <Compared a={a} b={b} kinds={kinds} />
      ) : (
        <EmptyState icon={<IconArrowsDiff size={22} />} title="Choose two flows">
          The same login as two users, say: what differs is what the issuer knows of them.
        </EmptyState>
      )}
    </PageBody>
  )
}

interface RunSelectProps {
  label: string
  runs: readonly FlowRunSummary[]
  value: string | null
  onChange: (id: string | null) => void
}

function RunSelect({ label, runs, value, onChange }: RunSelectProps) {
  const nameOf = useFlowNames()
  return (
    <Select
      label={label}
      placeholder="Choose a flow"
      flex="1 1 220px"
      searchable
      clearable
      nothingFoundMessage="No flow of that name"
      data={runs.map((run) => ({ value: run.id, label: nameOf(run) }))}
      value={value}
      onChange={onChange}
    />
  )
}

function Compared({ a, b, kinds }: { a: string; b: string; kinds: readonly FlowKind[] }) {
  const [left, right] = [useOperation('flows.get', { id: a }), useOperation('flows.get', { id: b })]
  if (!left.data || !right.data || left.error || right.error)
    return <Unread what="the flows" reads={[left, right]} />
  const tokens = compareTokens(left.data, right.data)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.compared} aria-label="Both flows" tabIndex={0}>
      <table data-testid="flows-compared">
        <thead>
          <tr>
            <th scope="col">What</th>
            <RunHeadCell run={left.data} kinds={kinds} />
            <RunHeadCell run={right.data} kinds={kinds} />
          </tr>
        </thead>
        <tbody>
          <FactRow name="State" left={stateOf(left.data)} right={stateOf(right.data)} />
          <FactRow name="Profile" left={left.data.profileName} right={right.data.profileName} />
          <FactRow name="Client" left={left.data.profile.clientId} right={right.data.profile.clientId} />
          {tokens.map((token) => (
            <TokenRows key={token.name} token={token} />
          ))}
        </tbody>
      </table>
      {tokens.length === 0 && (
        <Text fz="sm" c="dimmed" p="sm">
          Neither has a token yet.
        </Text>
      )}
    </section>
  )
}

const stateOf = (run: FlowRun) => (
  <>
    <StateBadge {...runLooks[run.state]} /> {run.passedSteps} of {run.stepCount} steps
  </>
)

function RunHeadCell({ run, kinds }: { run: FlowRun; kinds: readonly FlowKind[] }) {
  const title = kinds.find(({ id }) => id === run.kind)?.title ?? run.kind
  return (
    <th scope="col">
      <Anchor href={`#/flows/${encodeURIComponent(run.id)}`} inherit underline="always">
        {runName(run, title)}
      </Anchor>
      {run.label && <div className={classes.aside}>{title}</div>}
    </th>
  )
}

interface FactRowProps {
  name: string
  left: ReactNode
  right: ReactNode
}

const FactRow = ({ name, left, right }: FactRowProps) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{left}</td>
    <td>{right}</td>
  </tr>
)

function TokenRows({ token: { name, left, right, claims } }: { token: ComparedToken }) {
  return (
    <>
      <tr className={classes.tokenRow}>
        <th scope="rowgroup">{name}</th>
        <td>{presence(left)}</td>
        <td>{presence(right)}</td>
      </tr>
      {claims?.map(({ path, change, before, after }) => (
        <tr key={path} className={classes.claimRow} data-change={change === 'same' ? undefined : change}>
          <th scope="row">{path}</th>
          <td>{before === undefined ? <Absent /> : claimText(before)}</td>
          <td>{after === undefined ? <Absent /> : claimText(after)}</td>
        </tr>
      ))}
    </>
  )
}

const presence = (token: string | null) => {
  if (token === null) return <Absent />
  return token.split('.').length >= 3 ? 'a JWT' : 'opaque'
}

const Absent = () => <span className={classes.absent}>none</span>
