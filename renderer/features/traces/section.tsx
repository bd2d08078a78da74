import {
  IconArrowsDiff,
  IconBolt,
  IconDownload,
  IconExternalLink,
  IconPinned,
  IconPlayerPause,
  IconPlayerPlay,
  IconTimeline,
  IconTrash,
} from '@tabler/icons-react'
import { count, traceWords } from '../../../shared/flow/words.ts'
import type { Route } from '../../stores/navigation.ts'
import type { PaletteAction, Section } from '../section.ts'
import { COMPARE, parseSelection, traceRoute } from './rows.ts'
import { Traces } from './traces.tsx'

export const tracesSection: Section = {
  id: 'traces',
  label: 'Traces',
  Icon: IconTimeline,
  Component: Traces,
  actions: ({ feed, navigation }) => [
    feed.store.getState().live
      ? {
          id: 'traces.pause',
          label: 'Pause live traces',
          keywords: 'stop freeze exchanges',
          icon: <IconPlayerPause size={16} aria-hidden />,
          run: () => {
            feed.pause()
            navigation.go('traces')
          },
        }
      : {
          id: 'traces.resume',
          label: 'Resume live traces',
          keywords: 'start continue exchanges',
          icon: <IconPlayerPlay size={16} aria-hidden />,
          run: () => {
            feed.resume()
            navigation.go('traces')
          },
        },
    ...ownWindow(navigation.store.getState()),
    {
      id: 'traces.refused',
      label: 'Show refused exchanges',
      keywords: 'errors failed traces filter',
      icon: <IconTimeline size={16} aria-hidden />,
      run: () => {
        feed.setFilter({ outcome: 'refused' })
        navigation.go('traces')
      },
    },
    {
      id: 'traces.struck',
      label: 'Show exchanges that faults struck',
      keywords: 'filter misbehaved traces',
      icon: <IconBolt size={16} aria-hidden />,
      run: () => {
        feed.setFilter({ outcome: 'struck' })
        navigation.go('traces')
      },
    },
    {
      id: 'traces.pinned',
      label: 'Show pinned traces',
      keywords: 'kept named filter',
      icon: <IconPinned size={16} aria-hidden />,
      run: () => {
        feed.setFilter({ pinned: true })
        navigation.go('traces')
      },
    },
    {
      id: 'traces.compare',
      label: 'Compare two traces',
      description: 'Step by step, and claim by claim',
      keywords: 'diff difference',
      icon: <IconArrowsDiff size={16} aria-hidden />,
      run: () => navigation.go('traces', COMPARE),
    },
    {
      id: 'traces.export',
      label: 'Export traces',
      description: 'As HAR or Markdown',
      keywords: 'save download har',
      icon: <IconDownload size={16} aria-hidden />,
      run: () => navigation.go('traces', null, { export: '1' }),
    },
    {
      id: 'traces.clear',
      label: 'Clear traces',
      description: 'Forget every recorded exchange',
      keywords: 'delete exchanges log',
      icon: <IconTrash size={16} aria-hidden />,
      run: () => navigation.go('traces', null, { clear: '1' }),
    },
  ],
  find: async ({ client, navigation }) => {
    const traces = await client.call('traces.list', { limit: 20 })
    return traces.map(({ id, name, clientId, userId, exchangeCount, refusals }) => ({
      id: `trace.${id}`,
      label: name ?? `Trace of ${traceWords({ clientId, userId })}`,
      description: `${count(exchangeCount, 'exchange')}, ${refusals} refused`,
      keywords: id,
      icon: <IconTimeline size={16} aria-hidden />,
      run: () => navigation.go('traces', traceRoute(id)),
    }))
  },
}

/** For the trace that is shown, while one is. */
function ownWindow({ section, id, params }: Route): PaletteAction[] {
  const selection = section === 'traces' && params.alone === undefined ? parseSelection(id) : null
  if (selection?.kind !== 'trace') return []
  return [
    {
      id: 'traces.ownWindow',
      label: 'Open this trace in its own window',
      keywords: 'tab new window detach',
      icon: <IconExternalLink size={16} aria-hidden />,
      run: () => void window.open(`#/traces/${traceRoute(selection.traceId)}?alone=1`),
    },
  ]
}
