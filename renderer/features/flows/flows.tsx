import { Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { NowContext } from '../../ui/now.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { CompareRuns } from './compare-runs.tsx'
import classes from './flows.module.css'
import { NewFlowDialog } from './new-flow.tsx'
import { OutgoingCalls } from './outgoing-calls.tsx'
import { Profiles } from './profiles.tsx'
import { COMPARE, tabOf } from './routes.ts'
import { RunDetail } from './run-detail.tsx'
import { RunList } from './run-list.tsx'

/** The client side: any grant against any issuer, one request at a time. Its times are real ones, as its requests are. */
export function Flows() {
  const { navigation, realTime } = useWorkbench()
  const { id, params } = useRoute()
  const tab = tabOf(params)
  const { new: wanted, ...others } = params
  return (
    <NowContext value={realTime}>
      <PageHeader
        title="Flows"
        description="Be the client: run any grant step by step or at once, see and change every request before it is sent."
        actions={
          tab === 'profiles' ? (
            <PrimaryButton
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => navigation.go('flows', 'new', { tab: 'profiles' })}
            >
              New profile
            </PrimaryButton>
          ) : (
            <PrimaryButton
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => navigation.setParams({ ...params, new: 'authorization_code' })}
            >
              New flow
            </PrimaryButton>
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => navigation.go('flows', null, next === 'runs' ? {} : { tab: next ?? 'runs' })}
        className={classes.tabs}
      >
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="runs">Runs</Tabs.Tab>
          <Tabs.Tab value="profiles">Profiles</Tabs.Tab>
          <Tabs.Tab value="calls">Outgoing calls</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="runs" className={classes.tabPanel}>
          <Runs id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="profiles" className={classes.tabPanel}>
          <Profiles id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="calls" className={classes.tabPanel}>
          <OutgoingCalls />
        </Tabs.Panel>
      </Tabs>
      <NewFlowDialog wanted={wanted ?? null} onClose={() => navigation.setParams(others)} />
    </NowContext>
  )
}

function Runs({ id }: { id: string | null }) {
  const { navigation } = useWorkbench()
  const runs = useOperation('flows.list', { limit: 500 })
  const kinds = useOperation('flows.kinds', {})
  const error = runs.error ?? kinds.error
  if (!runs.data || !kinds.data)
    return error ? (
      <ErrorState
        title="The flows could not be read"
        message={error.message}
        onRetry={() => void Promise.all([runs.reload(), kinds.reload()])}
      />
    ) : (
      <LoadingRows label="Reading flows" />
    )
  return (
    <ListDetail
      name="flows"
      label="Flows"
      initial={28}
      stackBelow={900}
      list={<RunList runs={runs.data} kinds={kinds.data} selectedId={id} />}
      detail={
        id === COMPARE ? (
          <CompareRuns runs={runs.data} kinds={kinds.data} />
        ) : (
          id !== null && <RunDetail key={id} id={id} kinds={kinds.data} />
        )
      }
      onCloseDetail={() => navigation.select(null)}
    />
  )
}
