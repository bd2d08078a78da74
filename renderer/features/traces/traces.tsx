import { Anchor, Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useCommand, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmDialog } from '../../ui/confirm-button.tsx'
import { exchangeTabs } from '../../ui/exchange/exchange-view.tsx'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { ExchangePane } from '../exchange-pane.tsx'
import { parseSelection, type Selection, traceRoute } from './rows.ts'
import { LiveButton, Tools } from './tools.tsx'
import { TraceDetail } from './trace-detail.tsx'
import { TraceList } from './trace-list.tsx'

export function Traces() {
  const { feed, navigation } = useWorkbench()
  const { id } = useRoute()
  const selection = parseSelection(id)
  const [grouped, setGrouped] = useLocalStorage({
    key: 'grantscope.traces.grouped',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  useEffect(() => feed.watch(), [feed])
  return (
    <>
      <PageHeader
        title="Traces"
        description="Every request your app makes, live: what it sent, which rules were checked, and why one failed."
        actions={
          <>
            <ClearButton />
            <LiveButton />
          </>
        }
      />
      <ListDetail
        name="traces"
        label="Traces"
        initial={48}
        list={
          <>
            <Tools grouped={grouped} onGrouped={setGrouped} />
            <TraceList grouped={grouped} selectedId={id} />
          </>
        }
        detail={selection && <Detail selection={selection} />}
        onCloseDetail={() => navigation.select(null)}
        stackBelow={900}
      />
    </>
  )
}

function ClearButton() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { run } = useCommand('traces.clear')
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => navigation.setParams({ ...params, clear: '1' })}
      >
        Clear
      </Button>
      <ConfirmDialog
        opened={params.clear !== undefined}
        onClose={() => navigation.setParams({})}
        title="Clear all traces?"
        consequence="Every recorded exchange is forgotten. Users, clients and tokens stay as they are."
        verb="Clear traces"
        onConfirm={async () => {
          const result = await run({})
          if (result.ok) navigation.go('traces')
        }}
      />
    </>
  )
}

function Detail({ selection }: { selection: NonNullable<Selection> }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  if (selection.kind === 'trace') return <TraceDetail key={selection.traceId} traceId={selection.traceId} />
  const tab = exchangeTabs.find((known) => known === params.tab) ?? 'guide'
  return (
    <PageBody>
      <ExchangePane
        key={selection.id}
        id={selection.id}
        tab={tab}
        onTab={(next) => navigation.setParams({ tab: next })}
        context={(traceId) => (
          <>
            {' · '}
            <Anchor href={`#/traces/${traceRoute(traceId)}`} inherit underline="always">
              Whole trace
            </Anchor>
          </>
        )}
      />
    </PageBody>
  )
}
