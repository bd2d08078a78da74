import { Button, Text } from '@mantine/core'
import { IconFilterOff, IconPlayerPlay, IconTimeline } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand/react'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { flatColumns, groupedColumns, TraceHeadRow } from './columns.tsx'
import { exchangeRow, groupByTrace, rowIdOf } from './rows.ts'

interface TraceListProps {
  grouped: boolean
  selectedId: string | null
}

/** Rows before the end of what is loaded at which older ones are asked for. */
const ahead = 40

/** The exchanges, live and newest first; in groups, under a head for each trace. */
export function TraceList({ grouped, selectedId }: TraceListProps) {
  const { feed, navigation } = useWorkbench()
  const { rows, total, error, filter } = useStore(feed.store)
  const summaries = useOperation('traces.list', { limit: 1000 })
  const shown = useMemo(
    () =>
      grouped ? groupByTrace(rows, summaries.data ?? []) : rows.map((exchange) => exchangeRow(exchange)),
    [grouped, rows, summaries.data],
  )
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (last >= shown.length - ahead) feed.loadOlder()
    },
    [feed, shown.length],
  )
  if (total === null)
    return error ? (
      <ErrorState title="The exchanges could not be read" message={error.message} onRetry={feed.invalidate} />
    ) : (
      <LoadingRows label="Reading exchanges" />
    )
  return (
    <VirtualTable
      label="Exchanges"
      columns={grouped ? groupedColumns : flatColumns}
      rowCount={shown.length}
      rowAt={(index) => shown[index]}
      rowId={rowIdOf}
      renderWide={(row) => row.kind === 'trace' && <TraceHeadRow head={row} />}
      selectedId={selectedId}
      onSelect={navigation.select}
      onRange={onRange}
      resetKey={filter}
      empty={Object.values(filter).some(Boolean) ? <NothingMatches /> : <NothingYet />}
    />
  )
}

function NothingMatches() {
  const { feed } = useWorkbench()
  return (
    <EmptyState
      icon={<IconFilterOff size={22} />}
      title="No exchange matches"
      action={
        <Button variant="default" onClick={() => feed.setFilter({})}>
          Show all exchanges
        </Button>
      }
    >
      Search looks at paths, clients, users, errors, headers and bodies.
    </EmptyState>
  )
}

function NothingYet() {
  const status = useOperation('status.get', {})
  return (
    <EmptyState
      icon={<IconTimeline size={22} />}
      title="No exchange yet"
      action={<SampleLogin />}
      sample={status.data && <CopyField label="Issuer URL" value={status.data.issuer} />}
    >
      Point your app at the issuer below and log in: every request appears here with its checks.
    </EmptyState>
  )
}

/** Runs the recipe of topic 2, which logs in for real. */
function SampleLogin() {
  const { recipeRuns } = useWorkbench()
  const recipes = useOperation('recipes.list', {})
  const running = useStore(recipeRuns.store, (state) => state.running !== null)
  const sample = recipes.data?.find(({ topic }) => topic === 2)
  if (!sample) return recipes.error && <Text fz="xs">{recipes.error.message}</Text>
  return (
    <Button
      leftSection={<IconPlayerPlay size={15} aria-hidden />}
      loading={running}
      onClick={() => void recipeRuns.run(sample.id)}
    >
      Make a sample login
    </Button>
  )
}
