import { Anchor, Button, Tabs } from '@mantine/core'
import { IconBolt, IconBoltOff, IconDeviceFloppy, IconFileImport, IconPlus } from '@tabler/icons-react'
import type { Fault } from '../../../shared/contract/faults/fault.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { useFilePicker } from '../file-picker.tsx'
import { FaultDetail } from './fault-detail.tsx'
import { FaultList } from './fault-list.tsx'
import classes from './faults.module.css'
import { NewFault } from './new-fault.tsx'
import { Presets } from './presets.tsx'
import { NEW, PRESETS, tabOf } from './routes.ts'
import { Scenarios } from './scenarios.tsx'
import { useDisarmAll } from './use-fault-actions.ts'

/** How the issuer misbehaves. The route's id is a fault's, `new` or `presets`; with `?tab=scenarios`, a scenario's. */
export function Faults() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  const faults = useOperation('faults.list', {})
  const tab = tabOf(params)
  return (
    <>
      <PageHeader
        title="Faults"
        description={
          <>
            Make the issuer misbehave, for whom and how often you say; or{' '}
            <Anchor href="#/settings?panel=clock" inherit underline="always">
              move its clock
            </Anchor>
            .
          </>
        }
        actions={tab === 'rules' ? <RuleActions faults={faults.data ?? []} /> : <ScenarioActions />}
      />
      <Tabs
        value={tab}
        onChange={(next) => navigation.go('faults', null, next === 'scenarios' ? { tab: next } : {})}
        className={classes.tabs}
      >
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="scenarios">Scenarios</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules" className={classes.tabPanel}>
          {faults.data ? (
            <Rules faults={faults.data} id={id} />
          ) : faults.error ? (
            <ErrorState
              title="The faults could not be read"
              message={faults.error.message}
              onRetry={faults.reload}
            />
          ) : (
            <LoadingRows label="Reading faults" />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="scenarios" className={classes.tabPanel}>
          <Scenarios id={id} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function RuleActions({ faults }: { faults: readonly Fault[] }) {
  const { navigation } = useWorkbench()
  const disarmAll = useDisarmAll()
  const armed = faults.some(({ enabled }) => enabled)
  return (
    <>
      {armed && (
        <Button
          variant="default"
          loading={disarmAll.pending}
          leftSection={<IconBoltOff size={15} aria-hidden />}
          onClick={() => void disarmAll.run()}
        >
          Disarm all
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconBolt size={15} aria-hidden />}
        onClick={() => navigation.select(PRESETS)}
      >
        Presets
      </Button>
      <PrimaryButton leftSection={<IconPlus size={15} aria-hidden />} onClick={() => navigation.select(NEW)}>
        New fault
      </PrimaryButton>
    </>
  )
}

function ScenarioActions() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const file = useFilePicker({ testId: 'import-scenario', accept: '.json,application/json' })
  return (
    <>
      <Button variant="default" leftSection={<IconFileImport size={15} aria-hidden />} onClick={file.pick}>
        Import a file…
      </Button>
      {file.element}
      <PrimaryButton
        leftSection={<IconDeviceFloppy size={15} aria-hidden />}
        onClick={() => navigation.setParams({ ...params, new: '1' })}
      >
        Save as scenario
      </PrimaryButton>
    </>
  )
}

function Rules({ faults, id }: { faults: readonly Fault[]; id: string | null }) {
  const { navigation } = useWorkbench()
  return (
    <ListDetail
      name="faults"
      label="Faults"
      initial={46}
      list={<FaultList faults={faults} selectedId={id} />}
      detail={id !== null && <Detail id={id} faults={faults} />}
      aside={<Presets faults={faults} />}
      onCloseDetail={() => navigation.select(null)}
    />
  )
}

function Detail({ id, faults }: { id: string; faults: readonly Fault[] }) {
  if (id === NEW) return <NewFault />
  if (id === PRESETS) return <Presets faults={faults} />
  return <FaultDetail key={id} id={id} />
}
