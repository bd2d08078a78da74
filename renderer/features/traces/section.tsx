import { IconPlayerPause, IconPlayerPlay, IconTimeline, IconTrash } from '@tabler/icons-react'
import { count } from '../../../shared/flow/words.ts'
import type { Section } from '../section.ts'
import { whoWords } from './columns.tsx'
import { traceRoute } from './rows.ts'
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
    return traces.map(({ id, clientId, userId, exchangeCount, refusals }) => ({
      id: `trace.${id}`,
      label: `Trace of ${whoWords(clientId, userId)}`,
      description: `${count(exchangeCount, 'exchange')}, ${refusals} refused`,
      keywords: id,
      icon: <IconTimeline size={16} aria-hidden />,
      run: () => navigation.go('traces', traceRoute(id)),
    }))
  },
}
