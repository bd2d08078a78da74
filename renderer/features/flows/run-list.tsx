import { ActionIcon, Button, Group, Menu, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowsDiff,
  IconDots,
  IconGitBranch,
  IconPlayerPlay,
  IconRoute2,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { FlowKind, FlowRunSummary } from '../../../shared/contract/operations/flows.ts'
import { count } from '../../../shared/flow/words.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmDialog } from '../../ui/confirm-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './flows.module.css'
import { COMPARE } from './routes.ts'
import { matchesRun, type RunRow, toRunRows } from './run-rows.ts'
import { runLooks, runName } from './run-words.ts'
import { runSample } from './sample.ts'

interface RunListProps {
  runs: readonly FlowRunSummary[]
  kinds: readonly FlowKind[]
  selectedId: string | null
}

/** The runs, newest first, with the branches of each below it. */
export function RunList({ runs, kinds, selectedId }: RunListProps) {
  const { navigation } = useWorkbench()
  const [search, setSearch] = useState('')
  const titles = useMemo(() => new Map<string, string>(kinds.map(({ id, title }) => [id, title])), [kinds])
  const columns = useMemo(() => columnsOf(titles), [titles])
  const shown = useMemo(
    () => toRunRows(runs.filter((run) => matchesRun(run, titles.get(run.kind) ?? '', search))),
    [runs, titles, search],
  )
  if (runs.length === 0) return <NoRuns />
  return (
    <>
      <Group className={classes.tools} gap="sm" wrap="nowrap">
        <TextInput
          flex="1 1 120px"
          type="search"
          aria-label="Search flows"
          placeholder="Search by name, kind or profile"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <AllRunsMenu total={runs.length} />
      </Group>
      <VirtualTable
        label="Flows"
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ run }) => run.id}
        rowHeight={46}
        selectedId={selectedId}
        onSelect={(id) => {
          navigation.select(id)
          // Which step was open in another run says nothing of this one.
          navigation.setParams({})
        }}
        resetKey={search}
        empty={
          <EmptyState icon={<IconSearch size={22} />} title="No flow matches">
            Search looks at names, kinds, profiles and hosts.
          </EmptyState>
        }
      />
    </>
  )
}

const columnsOf = (titles: ReadonlyMap<string, string>): Column<RunRow>[] => [
  {
    id: 'run',
    header: 'Flow',
    width: 'minmax(150px, 1.6fr)',
    render: ({ run, depth }) => (
      <span className={classes.runName} style={{ paddingInlineStart: Math.min(depth, 6) * 14 }}>
        {depth > 0 && <IconGitBranch size={13} aria-label="Branch" className={classes.branch} />}
        <span className={classes.twoLines}>
          <Text component="span" fz="sm" fw={560} truncate>
            {runName(run, titles.get(run.kind) ?? run.kind)}
          </Text>
          <Text component="span" fz="xs" c="dimmed" truncate>
            {[run.label && titles.get(run.kind), run.profileName].filter(Boolean).join(' · ')}
          </Text>
        </span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '104px',
    render: ({ run }) => <StateBadge {...runLooks[run.state]} />,
  },
  {
    id: 'steps',
    from: 330,
    header: 'Steps',
    width: '56px',
    render: ({ run }) => (
      <span title={`${run.passedSteps} of ${count(run.stepCount, 'step')} passed`}>
        {run.passedSteps}/{run.stepCount}
      </span>
    ),
  },
  {
    id: 'when',
    from: 420,
    header: 'When',
    width: 'minmax(80px, 0.6fr)',
    render: ({ run }) => <Time at={run.startedAt} form="short" />,
  },
]

function AllRunsMenu({ total }: { total: number }) {
  const { navigation } = useWorkbench()
  const { run } = useCommand('flows.delete')
  const [asking, { open, close }] = useDisclosure()
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" variant="default" aria-label="More for all flows">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            onClick={() => navigation.go('flows', COMPARE)}
          >
            Compare two…
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={open}>
            Delete all…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={`Delete ${count(total, 'flow')}?`}
        consequence="Their requests, answers and keys are forgotten. Tokens the built-in issuer gave out stay as they are, and so do profiles."
        verb="Delete all flows"
        onConfirm={async () => {
          const result = await run({})
          if (result.ok) navigation.go('flows')
        }}
      />
    </>
  )
}

function NoRuns() {
  const workbench = useWorkbench()
  const [running, setRunning] = useState(false)
  return (
    <EmptyState
      icon={<IconRoute2 size={22} />}
      title="No flow yet"
      action={
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={running}
          onClick={async () => {
            setRunning(true)
            await runSample(workbench)
            setRunning(false)
          }}
        >
          Run a sample
        </Button>
      }
      sample={
        <Text fz="xs" ta="center" c="dimmed">
          The sample: authorization code with PKCE at the built-in issuer, a user logged in by the robot.
        </Text>
      }
    >
      A flow is a login or a token request made from here, with every request open to your changes.
    </EmptyState>
  )
}
