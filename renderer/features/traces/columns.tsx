import { Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBolt,
  IconFileImport,
  IconPinned,
  IconRoute,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ExchangeSummary } from '../../../shared/contract/operations/traces.ts'
import {
  count,
  durationWords,
  faultWords,
  grantWords,
  isRefused,
  traceWords,
} from '../../../shared/flow/words.ts'
import { SeverityBadge } from '../../ui/exchange/finding-list.tsx'
import { formatClock } from '../../ui/format/time.ts'
import { StatusCode } from '../../ui/state-badge.tsx'
import type { Column } from '../../ui/virtual-table.tsx'
import type { TraceHead, TraceRow } from './rows.ts'
import classes from './traces.module.css'

type Cell = (exchange: ExchangeSummary) => ReactNode

const column = (layout: Omit<Column<TraceRow>, 'render'>, cell: Cell): Column<TraceRow> => ({
  ...layout,
  render: (row) => (row.kind === 'exchange' ? cell(row.exchange) : null),
})

const time: Column<TraceRow> = {
  id: 'time',
  header: 'Time',
  width: '98px',
  render: (row) =>
    row.kind === 'exchange' && (
      <span className={classes.mono} data-in-trace={row.inTrace || undefined}>
        {formatClock(row.exchange.at)}
      </span>
    ),
}

const request = column(
  { id: 'request', header: 'Request', width: 'minmax(110px, 1.5fr)' },
  ({ method, target, grantType, replayOf }) => (
    <span title={`${method} ${target}`}>
      <span className={classes.method}>{method}</span> <span className={classes.mono}>{target}</span>
      {grantType && <span className={classes.aside}> {grantWords(grantType)}</span>}
      {replayOf !== null && <span className={classes.aside}> · replay of {replayOf}</span>}
    </span>
  ),
)

const status = column({ id: 'status', header: 'Status', width: '58px' }, ({ status: code }) => (
  <StatusCode status={code} />
))

const outcome = column({ id: 'outcome', header: 'Outcome', width: 'minmax(152px, 1fr)' }, (exchange) => (
  <Outcome exchange={exchange} />
))

const who = column(
  { id: 'who', header: 'Client · user', width: 'minmax(110px, 0.9fr)' },
  ({ clientId, userId }) => (
    <Text inherit component="span" fz="xs">
      {traceWords({ clientId, userId })}
    </Text>
  ),
)

const duration = column({ id: 'duration', header: 'Took', width: '72px', align: 'end' }, ({ durationMs }) => (
  <span className={classes.mono}>{durationWords(durationMs)}</span>
))

/** In groups, the head says who; alone, each row does. */
export const groupedColumns = [time, request, status, outcome, duration]
export const flatColumns = [time, request, status, outcome, who, duration]

function Outcome({ exchange }: { exchange: ExchangeSummary }) {
  const { error, failedChecks, faults } = exchange
  if (faults.length > 0)
    return (
      <span className={classes.warned} title={faultWords(faults)}>
        <IconBolt size={13} aria-hidden /> fault: {struckOutcome(exchange)}
      </span>
    )
  if (isRefused(exchange))
    return (
      <span className={classes.refused}>
        <IconX size={13} aria-hidden /> {error ?? 'refused'}
      </span>
    )
  if (failedChecks > 0)
    return (
      <span className={classes.warned}>
        <IconAlertTriangle size={13} aria-hidden /> {count(failedChecks, 'warning')}
      </span>
    )
  return <span className={classes.aside}>ok</span>
}

/** What came of an exchange that a fault struck: "invalid_grant", "no answer", "503", "changed". */
function struckOutcome({ error, status: code }: ExchangeSummary): string {
  if (error !== null) return error
  if (code === 0) return 'no answer'
  return code >= 400 ? String(code) : 'changed'
}

/** The row above the exchanges of one trace. */
export function TraceHeadRow({ head }: { head: TraceHead }) {
  const { exchanges, refusals, struck, shown, name, pinned, imported, problems, worst } = head
  return (
    <span className={classes.traceHead}>
      <IconRoute size={14} aria-hidden className={classes.traceIcon} />
      {pinned && <IconPinned size={14} aria-label="Pinned" className={classes.traceIcon} />}
      {imported !== null && (
        <IconFileImport size={14} aria-label={`Imported from ${imported}`} className={classes.traceIcon} />
      )}
      <span className={classes.traceWho}>{name ?? traceWords(head)}</span>
      {name !== null && <span className={classes.aside}>{traceWords(head)}</span>}
      <span className={classes.aside}>
        {shown < exchanges ? `${shown} of ${count(exchanges, 'exchange')}` : count(exchanges, 'exchange')}
      </span>
      {refusals > 0 && (
        <span className={classes.refused}>
          <IconX size={13} aria-hidden /> {count(refusals, 'refusal')}
        </span>
      )}
      {struck > 0 && (
        <span className={classes.warned}>
          <IconBolt size={13} aria-hidden /> {struck} struck
        </span>
      )}
      {worst !== null && problems > 0 && (
        <SeverityBadge severity={worst} label={count(problems, 'finding')} />
      )}
    </span>
  )
}
