import { type Parameters, pairsOf, parametersOf } from '../../../shared/protocol/form.ts'
import type { Reader, Writer } from './database.ts'

/** A pushed authorization request (RFC 9126). Its request_uri is not kept, only the hash. */
export interface PushedRequestRecord {
  hash: string
  /** Name of the issuer it was pushed to. */
  issuer: string
  clientId: string
  /** As they came, without what the client authenticated with. */
  parameters: Parameters
  issuedAt: number
  expiresAt: number
  consumedAt: number | null
}

interface Row {
  hash: string
  issuer: string
  client_id: string
  parameters: string
  issued_at: number
  expires_at: number
  consumed_at: number | null
}

export function findPushedRequest(reader: Reader, hash: string): PushedRequestRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM pushed_requests WHERE hash = ?', hash)
  return (
    row && {
      hash: row.hash,
      issuer: row.issuer,
      clientId: row.client_id,
      parameters: parametersOf(JSON.parse(row.parameters) as [string, string][]),
      issuedAt: row.issued_at,
      expiresAt: row.expires_at,
      consumedAt: row.consumed_at,
    }
  )
}

export function insertPushedRequest(writer: Writer, request: Omit<PushedRequestRecord, 'consumedAt'>): void {
  writer.run(
    'INSERT INTO pushed_requests (hash, issuer, client_id, parameters, issued_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    request.hash,
    request.issuer,
    request.clientId,
    JSON.stringify(pairsOf(request.parameters)),
    request.issuedAt,
    request.expiresAt,
  )
}

export function consumePushedRequest(writer: Writer, hash: string, at: number): void {
  writer.run('UPDATE pushed_requests SET consumed_at = ? WHERE hash = ?', at, hash)
}

/** Forgets at most `limit` requests that expired before this time. Returns how many. */
export const prunePushedRequests = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM pushed_requests WHERE hash IN (SELECT hash FROM pushed_requests WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
