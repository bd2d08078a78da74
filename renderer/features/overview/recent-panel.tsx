import { Anchor, Code } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import type { ExchangeSummary } from '../../../shared/contract/operations/traces.ts'
import { useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { formatClock } from '../../ui/format/time.ts'
import { Panel } from '../../ui/panel.tsx'
import { StatusCode } from '../../ui/state-badge.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import classes from './overview.module.css'
import { curlToken } from './snippets/index.ts'

const shown = 8

/** The last few exchanges, as they come in. */
export function RecentPanel({ issuer }: { issuer: string }) {
  const { data, error, reload } = useOperation('exchanges.list', { limit: shown })
  return (
    <Panel
      title="Recent exchanges"
      actions={
        <Anchor fz="xs" href={formatRoute({ section: 'traces', id: null, params: {} })}>
          All traces
        </Anchor>
      }
    >
      {data ? (
        data.rows.length > 0 ? (
          <ul className={classes.recent}>
            {data.rows.map((exchange) => (
              <Row key={exchange.id} exchange={exchange} />
            ))}
          </ul>
        ) : (
          <Nothing issuer={issuer} />
        )
      ) : error ? (
        <ErrorState title="The exchanges could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows rows={4} label="Reading exchanges" />
      )}
    </Panel>
  )
}

function Row({ exchange }: { exchange: ExchangeSummary }) {
  const { method, target, status, error, userId, clientId, at } = exchange
  return (
    <li>
      <a
        className={classes.exchange}
        href={formatRoute({ section: 'traces', id: String(exchange.id), params: {} })}
        data-testid={`recent-${exchange.id}`}
      >
        <StatusCode status={status} />
        <span className={classes.request}>
          {method} {target}
        </span>
        <span className={classes.who}>{error ?? userId ?? clientId}</span>
        <time dateTime={new Date(at).toISOString()}>{formatClock(at)}</time>
      </a>
    </li>
  )
}

function Nothing({ issuer }: { issuer: string }) {
  const line = curlToken(issuer)
  return (
    <EmptyState
      icon={<IconActivity size={22} />}
      title="Nothing yet"
      action={
        <CopyButton value={line} what="curl line">
          Copy the curl line
        </CopyButton>
      }
      sample={<Code block>{line}</Code>}
    >
      Every request to the issuer shows up here as it happens.
    </EmptyState>
  )
}
