import { Anchor, Text } from '@mantine/core'
import { exchangeWords } from '../../../shared/flow/words.ts'
import { useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { Time } from '../../ui/time.tsx'
import classes from './faults.module.css'

const SHOWN = 5

/** The latest exchanges a fault struck, each leading to its trace. */
export function StruckExchanges({ faultId }: { faultId: string }) {
  const { data } = useOperation('exchanges.list', { faultId, limit: SHOWN }, { keepPrevious: true })
  if (!data || data.rows.length === 0) return null
  return (
    <>
      <Text fz="xs" c="dimmed" mb={4}>
        {data.total > SHOWN
          ? `The latest ${SHOWN} of ${data.total} exchanges it struck`
          : 'Exchanges it struck'}
      </Text>
      <ul className={classes.contents} data-testid="struck-exchanges">
        {data.rows.map((exchange) => {
          const { id, traceId, at } = exchange
          return (
            <li key={id}>
              <Anchor
                inherit
                underline="always"
                href={formatRoute({
                  section: 'traces',
                  id: `trace-${traceId}`,
                  params: { step: String(id) },
                })}
              >
                {exchangeWords(exchange)}
              </Anchor>{' '}
              <Text component="span" fz="xs" c="dimmed">
                <Time at={at} form="short" />
              </Text>
            </li>
          )
        })}
      </ul>
    </>
  )
}
