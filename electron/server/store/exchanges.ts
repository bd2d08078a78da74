import type { Exchange, ExchangeSummary, StruckFault } from '../../../shared/contract/operations/traces.ts'
import type { Reader, Writer } from './database.ts'
import { fromKept, type KeptVerdict, toKept } from './kept-verdicts.ts'
import { containing } from './like.ts'

interface SummaryRow {
  id: number
  trace_id: string
  at: number
  duration_ms: number
  issuer: string
  direction: ExchangeSummary['direction']
  endpoint: string | null
  method: string
  target: string
  status: number
  error: string | null
  grant_type: string | null
  client_id: string | null
  user_id: string | null
  failed_checks: number
  replay_of: number | null
  faults: string | null
}

type Row = SummaryRow & { detail: string }

interface Detail extends Pick<Exchange, 'url' | 'request' | 'response' | 'jtis' | 'between'> {
  verdicts: KeptVerdict[]
}

const summaryColumns =
  'id, trace_id, at, duration_ms, issuer, direction, endpoint, method, target, status, error, grant_type, client_id, user_id, failed_checks, replay_of, faults'

const toSummary = (row: SummaryRow): ExchangeSummary => ({
  id: row.id,
  traceId: row.trace_id,
  at: row.at,
  durationMs: row.duration_ms,
  issuer: row.issuer,
  direction: row.direction,
  endpoint: row.endpoint,
  method: row.method,
  target: row.target,
  status: row.status,
  error: row.error,
  grantType: row.grant_type,
  clientId: row.client_id,
  userId: row.user_id,
  failedChecks: row.failed_checks,
  replayOf: row.replay_of,
  faults: row.faults === null ? [] : (JSON.parse(row.faults) as StruckFault[]),
})

/** Those of older versions know no `between`. */
function toExchange(row: Row): Exchange {
  const { verdicts, ...detail } = JSON.parse(row.detail) as Omit<Detail, 'between'> & Partial<Detail>
  return { ...toSummary(row), between: null, ...detail, verdicts: verdicts.map(fromKept) }
}

export const lastExchangeId = (reader: Reader): number =>
  reader.get<{ id: number | null }>('SELECT max(last_exchange) AS id FROM traces')?.id ?? 0

export function insertExchange(writer: Writer, exchange: Exchange): void {
  const { url, request, response, verdicts, jtis, between } = exchange
  const detail: Detail = { url, request, response, verdicts: verdicts.map(toKept), jtis, between }
  writer.run(
    `INSERT INTO exchanges (${summaryColumns}, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    exchange.id,
    exchange.traceId,
    exchange.at,
    exchange.durationMs,
    exchange.issuer,
    exchange.direction,
    exchange.endpoint,
    exchange.method,
    exchange.target,
    exchange.status,
    exchange.error,
    exchange.grantType,
    exchange.clientId,
    exchange.userId,
    exchange.failedChecks,
    exchange.replayOf,
    exchange.faults.length === 0 ? null : JSON.stringify(exchange.faults),
    JSON.stringify(detail),
  )
}

/** Drops exchanges up to this id, and traces that have none left. What is pinned stays. */
export function pruneExchanges(writer: Writer, upTo: number): void {
  if (upTo <= 0) return
  writer.run(
    'DELETE FROM exchanges WHERE id <= ? AND trace_id NOT IN (SELECT id FROM traces WHERE pinned = 1)',
    upTo,
  )
  writer.run('DELETE FROM traces WHERE last_exchange <= ? AND pinned = 0', upTo)
}

export function findExchange(reader: Reader, id: number): Exchange | undefined {
  const row = reader.get<Row>('SELECT * FROM exchanges WHERE id = ?', id)
  return row && toExchange(row)
}

/** The latest, oldest first. */
export const listTraceExchanges = (reader: Reader, traceId: string, limit: number): Exchange[] =>
  reader
    .all<Row>('SELECT * FROM exchanges WHERE trace_id = ? ORDER BY id DESC LIMIT ?', traceId, limit)
    .map(toExchange)
    .reverse()

/** Which requests of a client in other traces. The words are those of the indexes. */
const earlierClauses = {
  authorizations: "endpoint IN ('authorization', 'pushed-authorization')",
  refusedGrants: "error = 'invalid_grant'",
}

/** Of a client in other traces that were recorded here, before an exchange: the latest, oldest first. */
export const listEarlier = (
  reader: Reader,
  which: keyof typeof earlierClauses,
  { clientId, traceId, before, limit }: { clientId: string; traceId: string; before: number; limit: number },
): Exchange[] =>
  reader
    .all<Row>(
      `SELECT * FROM exchanges WHERE client_id = ? AND ${earlierClauses[which]} AND id < ? AND trace_id <> ?
       AND trace_id NOT IN (SELECT id FROM traces WHERE imported IS NOT NULL)
       ORDER BY id DESC LIMIT ?`,
      clientId,
      before,
      traceId,
      limit,
    )
    .map(toExchange)
    .reverse()

export interface ExchangeFilter {
  before?: number | undefined
  traceId?: string | undefined
  issuer?: string | undefined
  outcome?: 'ok' | 'refused' | 'struck' | undefined
  faultId?: string | undefined
  endpoint?: string | undefined
  clientId?: string | undefined
  userId?: string | undefined
  pinned?: true | undefined
  search?: string | undefined
}

// An error may also go to the app by redirect (RFC 6749 4.1.2.1).
const outcomeClauses = {
  ok: 'status < 400 AND error IS NULL',
  refused: '(status >= 400 OR error IS NOT NULL)',
  struck: 'faults IS NOT NULL',
}

const exactColumns = [
  ['traceId', 'trace_id'],
  ['issuer', 'issuer'],
  ['endpoint', 'endpoint'],
  ['clientId', 'client_id'],
  ['userId', 'user_id'],
] as const

function whereOf({ outcome, faultId, pinned, search, ...exact }: ExchangeFilter) {
  const clauses = ['id < ?']
  const parameters: string[] = []
  for (const [name, column] of exactColumns) {
    const value = exact[name]
    if (value === undefined) continue
    clauses.push(`${column} = ?`)
    parameters.push(value)
  }
  if (outcome) clauses.push(outcomeClauses[outcome])
  if (faultId !== undefined) {
    clauses.push("EXISTS (SELECT 1 FROM json_each(faults) WHERE value ->> 'id' = ?)")
    parameters.push(faultId)
  }
  if (pinned) clauses.push('trace_id IN (SELECT id FROM traces WHERE pinned = 1)')
  if (search) {
    // Messages are kept as JSON text, in which a quote is written with a backslash.
    const texts = {
      target: search,
      client_id: search,
      user_id: search,
      error: search,
      detail: asInJson(search),
    }
    clauses.push(
      `(${Object.keys(texts)
        .map((column) => String.raw`${column} LIKE ? ESCAPE '\'`)
        .join(' OR ')})`,
    )
    parameters.push(...Object.values(texts).map(containing))
  }
  return { clause: `WHERE ${clauses.join(' AND ')}`, parameters }
}

const asInJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Newest first; `total` counts what matches, on other pages too. */
export function listExchanges(
  reader: Reader,
  filter: ExchangeFilter,
  limit: number,
): { total: number; rows: ExchangeSummary[] } {
  const { clause, parameters } = whereOf(filter)
  const count = reader.get<{ n: number }>(
    `SELECT count(*) AS n FROM exchanges ${clause}`,
    Number.MAX_SAFE_INTEGER,
    ...parameters,
  )
  const rows = reader.all<SummaryRow>(
    `SELECT ${summaryColumns} FROM exchanges ${clause} ORDER BY id DESC LIMIT ?`,
    filter.before ?? Number.MAX_SAFE_INTEGER,
    ...parameters,
    limit,
  )
  return { total: count!.n, rows: rows.map(toSummary) }
}

export const countExchanges = (reader: Reader): number =>
  reader.get<{ n: number }>('SELECT count(*) AS n FROM exchanges')!.n
