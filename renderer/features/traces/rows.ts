import type { Severity } from '../../../shared/contract/operations/findings.ts'
import type { ExchangeSummary, TraceSummary } from '../../../shared/contract/operations/traces.ts'
import { isRefused } from '../../../shared/flow/words.ts'

export interface TraceHead {
  kind: 'trace'
  traceId: string
  clientId: string | null
  userId: string | null
  /** In the whole trace, as far as known. */
  exchanges: number
  refusals: number
  /** Of these, how many the list shows. */
  shown: number
  /** Of those shown, how many a fault struck. */
  struck: number
  lastAt: number
  name: string | null
  pinned: boolean
  /** Name of the file it came from. */
  imported: string | null
  /** Findings that are more than worth knowing. */
  problems: number
  worst: Severity | null
}

export interface ExchangeRow {
  kind: 'exchange'
  exchange: ExchangeSummary
  /** Stands under the head of its trace. */
  inTrace: boolean
}

export type TraceRow = TraceHead | ExchangeRow

export const exchangeRow = (exchange: ExchangeSummary, inTrace = false): ExchangeRow => ({
  kind: 'exchange',
  exchange,
  inTrace,
})

export const rowIdOf = (row: TraceRow): string =>
  row.kind === 'trace' ? traceRoute(row.traceId) : String(row.exchange.id)

/**
 * Exchanges (newest first) as rows under a head for each trace: the trace with the latest exchange comes first, its exchanges in
 * the order they happened. A single exchange of nobody known (discovery, a wrong path) has no head. `summaries` know of exchanges
 * that the list does not show.
 */
export function groupByTrace(
  exchanges: readonly ExchangeSummary[],
  summaries: readonly TraceSummary[],
): TraceRow[] {
  const known = new Map(summaries.map((summary) => [summary.id, summary]))
  const groups = new Map<string, ExchangeSummary[]>()
  for (const exchange of exchanges) {
    const group = groups.get(exchange.traceId)
    if (group) group.push(exchange)
    else groups.set(exchange.traceId, [exchange])
  }
  return [...groups].flatMap(([traceId, group]): TraceRow[] => {
    const head = headOf(traceId, group, known.get(traceId))
    const alone = isPlain(head)
    if (alone) return [exchangeRow(group[0]!)]
    return [head, ...group.reverse().map((exchange) => exchangeRow(exchange, true))]
  })
}

/** Nothing a head would say: a single request of nobody known, without a name or a finding. */
const isPlain = ({ exchanges, clientId, userId, name, pinned, imported, problems }: TraceHead): boolean =>
  exchanges === 1 &&
  clientId === null &&
  userId === null &&
  name === null &&
  imported === null &&
  !pinned &&
  problems === 0

/** `group`: newest first. A summary may be older than the list, so what is in both counts at its largest. */
function headOf(traceId: string, group: readonly ExchangeSummary[], summary?: TraceSummary): TraceHead {
  const refusals = group.filter((exchange) => isRefused(exchange) || exchange.failedChecks > 0).length
  const firstWith = (field: 'clientId' | 'userId') =>
    group.findLast((exchange) => exchange[field] !== null)?.[field] ?? null
  return {
    kind: 'trace',
    traceId,
    clientId: summary?.clientId ?? firstWith('clientId'),
    userId: summary?.userId ?? firstWith('userId'),
    exchanges: Math.max(summary?.exchangeCount ?? 0, group.length),
    refusals: Math.max(summary?.refusals ?? 0, refusals),
    shown: group.length,
    struck: group.filter(({ faults }) => faults.length > 0).length,
    lastAt: group[0]!.at,
    name: summary?.name ?? null,
    pinned: summary?.pinned ?? false,
    imported: summary?.imported ?? null,
    problems: summary?.problems ?? 0,
    worst: summary?.worst ?? null,
  }
}

/** What the route's id selects: `trace-<id>`, the number of an exchange, or `compare`. */
export type Selection =
  | { kind: 'trace'; traceId: string }
  | { kind: 'exchange'; id: number }
  | { kind: 'compare' }
  | null

export const traceRoute = (traceId: string): string => `trace-${traceId}`

export const COMPARE = 'compare'

export function parseSelection(id: string | null): Selection {
  if (id === null) return null
  if (id === COMPARE) return { kind: 'compare' }
  if (id.startsWith('trace-')) return { kind: 'trace', traceId: id.slice('trace-'.length) }
  return /^\d{1,15}$/.test(id) ? { kind: 'exchange', id: Number(id) } : null
}
