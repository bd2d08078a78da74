import { Button } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState } from 'react'
import type { Fault } from '../../../shared/contract/faults/fault.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './faults.module.css'
import { capital, faultSentence, hitsWords, matchesFault } from './sentence.ts'

const columns: Column<Fault>[] = [
  { id: 'state', header: 'State', width: '114px', render: ({ state }) => <StateBadge state={state} /> },
  {
    id: 'fault',
    header: 'Fault',
    width: 'minmax(150px, 1fr)',
    render: (fault) => (
      <span className={classes.twoLines} title={faultSentence(fault)}>
        <span className={classes.title}>{fault.name}</span>
        <span className={classes.aside}>{capital(fault.does)}</span>
      </span>
    ),
  },
  { id: 'hits', header: 'Struck', width: '72px', align: 'end', render: (fault) => hitsWords(fault) },
  {
    id: 'last',
    header: 'Last',
    width: '96px',
    from: 520,
    render: ({ lastHitAt }) => (lastHitAt === null ? 'never' : <Time at={lastHitAt} form="short" />),
  },
]

interface FaultListProps {
  faults: readonly Fault[]
  selectedId: string | null
}

export function FaultList({ faults, selectedId }: FaultListProps) {
  const { navigation } = useWorkbench()
  const [search, setSearch] = useState('')
  const shown = faults.filter((fault) => matchesFault(fault, search))
  return (
    <>
      {faults.length > 0 && (
        <ListSearch
          noun="fault"
          placeholder="Search by name, or by what they do"
          value={search}
          onChange={setSearch}
          shown={shown.length}
          total={faults.length}
        />
      )}
      <VirtualTable
        label="Faults"
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ id }) => id}
        rowHeight={48}
        selectedId={selectedId}
        onSelect={navigation.select}
        empty={faults.length > 0 ? <NothingMatches /> : <NothingYet />}
      />
    </>
  )
}

const NothingMatches = () => (
  <EmptyState icon={<IconBolt size={22} />} title="No fault matches">
    Search looks at names, and at what faults do to whom.
  </EmptyState>
)

/** The first fault of a beginner: one that is seen at once. */
const SAMPLE = 'invalid-grant-once'

function NothingYet() {
  const { navigation } = useWorkbench()
  const { run, pending } = useCommand('faults.addPreset')
  async function arm() {
    const result = await run({ preset: SAMPLE })
    if (result.ok) navigation.select(result.value.id)
  }
  return (
    <EmptyState
      icon={<IconBolt size={22} />}
      title="The issuer behaves"
      action={
        <Button loading={pending} leftSection={<IconBolt size={15} aria-hidden />} onClick={() => void arm()}>
          Refuse the next refresh
        </Button>
      }
      sample={
        <CopyField
          label="The same from a script"
          value={`grantscope call faults.addPreset '{"preset":"${SAMPLE}"}'`}
        />
      }
    >
      Arm a fault, and see what your app makes of an issuer that refuses, hangs or lies.
    </EmptyState>
  )
}
