import type { AuthorizationRequest, DeviceRequest } from '../../../shared/protocol/authorization-request.ts'
import type { Reader, Writer } from './database.ts'

/** A request that waits for its user. */
export interface InteractionRecord {
  /** SHA-256 of its id; the id itself is not kept. */
  hash: string
  /** SHA-256 of the cookie of the browser it was begun in. */
  browserHash: string
  /** Name of the issuer it was begun at. */
  issuer: string
  clientId: string
  step: 'login' | 'second-factor' | 'consent'
  /** Whose password was right; null at step `login`. */
  userId: string | null
  /** The session of the user; null until step `consent`. */
  sessionHash: string | null
  request: AuthorizationRequest | DeviceRequest
  createdAt: number
  expiresAt: number
  endedAt: number | null
}

interface Row {
  hash: string
  browser_hash: string
  issuer: string
  client_id: string
  step: InteractionRecord['step']
  user_id: string | null
  session_hash: string | null
  request: string
  created_at: number
  expires_at: number
  ended_at: number | null
}

/** One that was begun by an earlier version says nothing of languages. */
const requestOf = ({ request }: Row): InteractionRecord['request'] =>
  Object.assign({ uiLocales: [] }, JSON.parse(request) as InteractionRecord['request'])

const fromRow = (row: Row): InteractionRecord => ({
  hash: row.hash,
  browserHash: row.browser_hash,
  issuer: row.issuer,
  clientId: row.client_id,
  step: row.step,
  userId: row.user_id,
  sessionHash: row.session_hash,
  request: requestOf(row),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
})

export function findInteraction(reader: Reader, hash: string): InteractionRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM interactions WHERE hash = ?', hash)
  return row && fromRow(row)
}

export function insertInteraction(writer: Writer, interaction: InteractionRecord): void {
  writer.run(
    `INSERT INTO interactions (hash, browser_hash, issuer, client_id, step, user_id, session_hash, request, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    interaction.hash,
    interaction.browserHash,
    interaction.issuer,
    interaction.clientId,
    interaction.step,
    interaction.userId,
    interaction.sessionHash,
    JSON.stringify(interaction.request),
    interaction.createdAt,
    interaction.expiresAt,
  )
}

export type InteractionStep = Pick<InteractionRecord, 'step' | 'userId' | 'sessionHash'>

export function moveInteraction(writer: Writer, hash: string, to: InteractionStep): void {
  writer.run(
    'UPDATE interactions SET step = ?, user_id = ?, session_hash = ? WHERE hash = ?',
    to.step,
    to.userId,
    to.sessionHash,
    hash,
  )
}

/** Marks an interaction as answered. False when it already was: one request gets one answer. */
export const endInteraction = (writer: Writer, hash: string, at: number): boolean =>
  writer.run('UPDATE interactions SET ended_at = ? WHERE hash = ? AND ended_at IS NULL', at, hash) > 0

/** Forgets at most `limit` interactions that expired before this time. Returns how many. */
export const pruneInteractions = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM interactions WHERE hash IN (SELECT hash FROM interactions WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
