import type { Exchange, TraceSummary } from '../../../shared/contract/operations/traces.ts'
import type { Reader, Writer } from './database.ts'

interface Row {
  id: string
  issuer: string
  started_at: number
  last_at: number
  exchange_count: number
  refusals: number
  client_id: string | null
  user_id: string | null
}

const columns = 'id, issuer, started_at, last_at, exchange_count, refusals, client_id, user_id'

const fromRow = (row: Row): TraceSummary => ({
  id: row.id,
  issuer: row.issuer,
  startedAt: row.started_at,
  lastAt: row.last_at,
  exchangeCount: row.exchange_count,
  refusals: row.refusals,
  clientId: row.client_id,
  userId: row.user_id,
})

export const findTraceByLink = (reader: Reader, link: string): string | undefined =>
  reader.get<{ trace_id: string }>('SELECT trace_id FROM trace_links WHERE link = ?', link)?.trace_id

export function linkTrace(writer: Writer, link: string, traceId: string): void {
  writer.run('INSERT INTO trace_links (link, trace_id) VALUES (?, ?) ON CONFLICT DO NOTHING', link, traceId)
}

/** Makes the exchange's trace, or lets it grow by this exchange. */
export function touchTrace(writer: Writer, exchange: Exchange): void {
  const refusal = exchange.failedChecks > 0 || exchange.status >= 400 || exchange.error !== null ? 1 : 0
  writer.run(
    `INSERT INTO traces (id, issuer, started_at, last_at, last_exchange, exchange_count, refusals, client_id, user_id)
     VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, last_exchange = excluded.last_exchange,
       exchange_count = exchange_count + 1, refusals = refusals + excluded.refusals,
       client_id = coalesce(client_id, excluded.client_id), user_id = coalesce(user_id, excluded.user_id)`,
    exchange.traceId,
    exchange.issuer,
    exchange.at,
    exchange.at,
    exchange.id,
    refusal,
    exchange.clientId,
    exchange.userId,
  )
}

/** Latest activity first. */
export const listTraces = (reader: Reader, limit: number): TraceSummary[] =>
  reader.all<Row>(`SELECT ${columns} FROM traces ORDER BY last_exchange DESC LIMIT ?`, limit).map(fromRow)

export function findTrace(reader: Reader, id: string): TraceSummary | undefined {
  const row = reader.get<Row>(`SELECT ${columns} FROM traces WHERE id = ?`, id)
  return row && fromRow(row)
}

export function clearTraces(writer: Writer): void {
  writer.run('DELETE FROM exchanges')
  writer.run('DELETE FROM traces')
}
