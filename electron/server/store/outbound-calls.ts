import type { OutboundCall } from '../../../shared/contract/operations/lab.ts'
import type { Reader, Writer } from './database.ts'

interface Row {
  id: number
  at: number
  purpose: OutboundCall['purpose']
  method: string
  url: string
  loopback: number
  status: number | null
  duration_ms: number
}

const KEPT = 500

const fromRow = ({ loopback, duration_ms, ...row }: Row): OutboundCall => ({
  ...row,
  loopback: loopback === 1,
  durationMs: duration_ms,
})

/** Notes a call, and forgets the oldest beyond 500. */
export function insertOutboundCall(writer: Writer, call: Omit<OutboundCall, 'id'>): void {
  writer.run(
    'INSERT INTO outbound_calls (at, purpose, method, url, loopback, status, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
    call.at,
    call.purpose,
    call.method,
    call.url,
    call.loopback ? 1 : 0,
    call.status,
    call.durationMs,
  )
  writer.run('DELETE FROM outbound_calls WHERE id <= (SELECT max(id) FROM outbound_calls) - ?', KEPT)
}

export const clearOutboundCalls = (writer: Writer): number => writer.run('DELETE FROM outbound_calls')

/** Newest first. */
export const listOutboundCalls = (reader: Reader, limit: number): OutboundCall[] =>
  reader.all<Row>('SELECT * FROM outbound_calls ORDER BY id DESC LIMIT ?', limit).map(fromRow)
