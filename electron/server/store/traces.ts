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
  last_exchange: number
  name: string | null
  pinned: number
  imported: string | null
}

/** A trace but for what the rules say of it. */
export interface TraceRecord extends Omit<TraceSummary, 'problems' | 'worst'> {
  lastExchange: number
}

const columns =
  'id, issuer, started_at, last_at, exchange_count, refusals, client_id, user_id, last_exchange, name, pinned, imported'

const fromRow = (row: Row): TraceRecord => ({
  id: row.id,
  issuer: row.issuer,
  startedAt: row.started_at,
  lastAt: row.last_at,
  exchangeCount: row.exchange_count,
  refusals: row.refusals,
  clientId: row.client_id,
  userId: row.user_id,
  lastExchange: row.last_exchange,
  name: row.name,
  pinned: row.pinned === 1,
  imported: row.imported,
})

export const findTraceByLink = (reader: Reader, link: string): string | undefined =>
  reader.get<{ trace_id: string }>('SELECT trace_id FROM trace_links WHERE link = ?', link)?.trace_id

export function linkTrace(writer: Writer, link: string, traceId: string): void {
  writer.run('INSERT INTO trace_links (link, trace_id) VALUES (?, ?) ON CONFLICT DO NOTHING', link, traceId)
}

const isRefusal = ({ failedChecks, status, error }: Exchange): boolean =>
  failedChecks > 0 || status >= 400 || error !== null

/** Makes the trace of these exchanges, or lets it grow by them. They are all of one trace, oldest first, and at least one. */
export function touchTrace(writer: Writer, exchanges: readonly Exchange[]): void {
  const first = exchanges[0]!
  const last = exchanges.at(-1)!
  writer.run(
    `INSERT INTO traces (id, issuer, started_at, last_at, last_exchange, exchange_count, refusals, client_id, user_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, last_exchange = excluded.last_exchange,
       exchange_count = exchange_count + excluded.exchange_count, refusals = refusals + excluded.refusals,
       client_id = coalesce(client_id, excluded.client_id), user_id = coalesce(user_id, excluded.user_id)`,
    first.traceId,
    first.issuer,
    first.at,
    last.at,
    last.id,
    exchanges.length,
    exchanges.filter(isRefusal).length,
    exchanges.find(({ clientId }) => clientId !== null)?.clientId ?? null,
    exchanges.find(({ userId }) => userId !== null)?.userId ?? null,
  )
}

/** Latest activity first. */
export const listTraces = (reader: Reader, limit: number): TraceRecord[] =>
  reader.all<Row>(`SELECT ${columns} FROM traces ORDER BY last_exchange DESC LIMIT ?`, limit).map(fromRow)

export function findTrace(reader: Reader, id: string): TraceRecord | undefined {
  const row = reader.get<Row>(`SELECT ${columns} FROM traces WHERE id = ?`, id)
  return row && fromRow(row)
}

/** Says which file a trace came from, and how it is called there. */
export const markImported = (writer: Writer, id: string, file: string, name: string | null): void => {
  writer.run('UPDATE traces SET imported = ?, name = ? WHERE id = ?', file, name, id)
}

/** Names or pins a trace. */
export const saveTrace = (
  writer: Writer,
  { id, name, pinned }: Pick<TraceRecord, 'id' | 'name' | 'pinned'>,
): void => {
  writer.run('UPDATE traces SET name = ?, pinned = ? WHERE id = ?', name, pinned ? 1 : 0, id)
}

/** Whether there was one. Its exchanges and links go with it. */
export const deleteTrace = (writer: Writer, id: string): boolean =>
  writer.run('DELETE FROM traces WHERE id = ?', id) > 0

/** Deletes all but the latest, and those that are pinned; returns how many. */
export const pruneTraces = (writer: Writer, keep: number): number =>
  writer.run(
    `DELETE FROM traces WHERE pinned = 0 AND id NOT IN
       (SELECT id FROM traces WHERE pinned = 0 ORDER BY last_exchange DESC LIMIT ?)`,
    keep,
  )

export function clearTraces(writer: Writer, { pinned = true }: { pinned?: boolean } = {}): void {
  if (!pinned) return void pruneTraces(writer, 0)
  writer.run('DELETE FROM exchanges')
  writer.run('DELETE FROM traces')
}
