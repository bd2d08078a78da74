import { Anchor, Button, Menu } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import {
  IconArrowsDiff,
  IconChevronDown,
  IconDownload,
  IconFileImport,
  IconScissors,
  IconTrash,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { count } from '../../../shared/flow/words.ts'
import { useCommand, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmDialog } from '../../ui/confirm-button.tsx'
import { exchangeTabs } from '../../ui/exchange/exchange-view.tsx'
import { ListDetail } from '../../ui/list-detail.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { NoSuch } from '../../ui/states.tsx'
import { ExchangePane } from '../exchange-pane.tsx'
import { useFilePicker } from '../file-picker.tsx'
import { Compare } from './compare.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ReplayButton } from './replay.tsx'
import { COMPARE, parseSelection, type Selection, traceRoute } from './rows.ts'
import { LiveButton, Tools } from './tools.tsx'
import { TraceDetail } from './trace-detail.tsx'
import { TraceList } from './trace-list.tsx'

export function Traces() {
  const { feed, navigation } = useWorkbench()
  const { id, params } = useRoute()
  const selection = parseSelection(id)
  const [grouped, setGrouped] = useLocalStorage({
    key: 'grantscope.traces.grouped',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  useEffect(() => feed.watch(), [feed])
  if (params.alone !== undefined && selection?.kind === 'trace') return <Detail selection={selection} />
  return (
    <>
      <PageHeader
        title="Traces"
        description="Every request your app makes, live: what it sent, which rules were checked, and why one failed."
        actions={
          <>
            <MoreMenu />
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
        detail={id !== null && (selection ? <Detail selection={selection} /> : <NoSuch noun="trace" />)}
        onCloseDetail={() => navigation.select(null)}
        stackBelow={900}
      />
    </>
  )
}

/** What is done with all traces at once. */
function MoreMenu() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { run: clear } = useCommand('traces.clear')
  const { run: prune } = useCommand('traces.prune')
  const file = useFilePicker({ testId: 'import-har', accept: '.har,application/json' })
  const close = () => navigation.setParams({})
  const ask = (what: string) => navigation.setParams({ ...params, [what]: '1' })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            All traces
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileImport size={15} aria-hidden />} onClick={file.pick}>
            Import a HAR…
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={15} aria-hidden />} onClick={() => ask('export')}>
            Export…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            onClick={() => navigation.go('traces', COMPARE)}
          >
            Compare two…
          </Menu.Item>
          <Menu.Item leftSection={<IconScissors size={15} aria-hidden />} onClick={() => ask('prune')}>
            Keep the newest {KEPT}…
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => ask('clear')}>
            Clear…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {file.element}
      <ExportDialog opened={params.export !== undefined} onClose={close} />
      <ConfirmDialog
        opened={params.prune !== undefined}
        onClose={close}
        title={`Keep the newest ${KEPT} traces?`}
        consequence="Older ones are forgotten, but those that are pinned."
        verb="Forget older traces"
        onConfirm={async () => {
          const result = await prune({ keep: KEPT })
          if (result.ok) notifyDone(`${count(result.value.deleted, 'trace')} forgotten`)
        }}
      />
      <ConfirmDialog
        opened={params.clear !== undefined}
        onClose={close}
        title="Clear all traces?"
        consequence="Every recorded exchange is forgotten, but those of pinned traces. Users, clients and tokens stay as they are."
        verb="Clear traces"
        onConfirm={async () => {
          const result = await clear({ pinned: false })
          if (result.ok) navigation.go('traces')
        }}
      />
    </>
  )
}

const KEPT = 20

function Detail({ selection }: { selection: NonNullable<Selection> }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  if (selection.kind === 'compare') return <Compare />
  if (selection.kind === 'trace') return <TraceDetail key={selection.traceId} traceId={selection.traceId} />
  const tab = exchangeTabs.find((known) => known === params.tab) ?? 'guide'
  return (
    <PageBody>
      <ExchangePane
        key={selection.id}
        id={selection.id}
        tab={tab}
        onTab={(next) => navigation.setParams({ tab: next })}
        context={({ id, traceId }) => (
          <>
            {' · '}
            <Anchor href={`#/traces/${traceRoute(traceId)}?step=${id}`} inherit underline="always">
              Whole trace
            </Anchor>
          </>
        )}
        actions={(exchange) => <ReplayButton exchange={exchange} />}
      />
    </PageBody>
  )
}
