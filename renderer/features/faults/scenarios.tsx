import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { Scenario } from '../../../shared/contract/operations/scenarios.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './faults.module.css'
import { NewScenarioDialog } from './new-scenario.tsx'
import { ScenarioDetail } from './scenario-detail.tsx'
import { contentWords, matchesScenario } from './scenario-words.ts'

/** Named bundles of faults, clock and settings. */
export function Scenarios({ id }: { id: string | null }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { data, error, reload } = useOperation('scenarios.list', {})
  const { new: wanted, ...others } = params
  if (!data)
    return error ? (
      <ErrorState title="The scenarios could not be read" message={error.message} onRetry={reload} />
    ) : (
      <LoadingRows label="Reading scenarios" />
    )
  return (
    <>
      <ListDetail
        name="scenarios"
        label="Scenarios"
        initial={40}
        list={<ScenarioList scenarios={data} selectedId={id} />}
        detail={id !== null && <ScenarioDetail key={id} id={id} />}
        onCloseDetail={() => navigation.select(null)}
      />
      <NewScenarioDialog
        opened={wanted !== undefined}
        scenarios={data}
        onClose={() => navigation.setParams(others)}
        onSaved={(scenario) => navigation.go('faults', scenario.id, others)}
      />
    </>
  )
}

const columns: Column<Scenario>[] = [
  {
    id: 'scenario',
    header: 'Scenario',
    width: 'minmax(150px, 1.6fr)',
    render: ({ file }) => (
      <span className={classes.twoLines}>
        <span className={classes.title}>{file.name}</span>
        <span className={classes.aside}>{contentWords(file)}</span>
      </span>
    ),
  },
  {
    id: 'origin',
    from: 300,
    header: 'From',
    width: '126px',
    render: ({ builtIn }) => (builtIn ? 'Grantscope' : 'this workspace'),
  },
]

function ScenarioList({
  scenarios,
  selectedId,
}: {
  scenarios: readonly Scenario[]
  selectedId: string | null
}) {
  const { navigation } = useWorkbench()
  const [search, setSearch] = useState('')
  const shown = scenarios.filter((scenario) => matchesScenario(scenario, search))
  return (
    <>
      <ListSearch
        noun="scenario"
        placeholder="Search by name or by fault"
        value={search}
        onChange={setSearch}
        shown={shown.length}
        total={scenarios.length}
      />
      <VirtualTable
        label="Scenarios"
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ id }) => id}
        rowHeight={48}
        selectedId={selectedId}
        onSelect={navigation.select}
        empty={
          <EmptyState
            icon={<IconDeviceFloppy size={22} />}
            title={search ? 'No scenario matches' : 'No scenario yet'}
          >
            {search
              ? 'Search looks at names, at what they are for, and at their faults.'
              : 'Arm some faults and save them as a scenario, or drop a scenario file anywhere in the window.'}
          </EmptyState>
        }
      />
    </>
  )
}
