import type { Reader, Writer } from './database.ts'

export interface SessionRecord {
  /** SHA-256 of the cookie's value; the value itself is not kept. */
  hash: string
  /** Name of the issuer the user logged in at. */
  issuer: string
  userId: string
  /** The session's name towards clients (OpenID Connect Front-Channel Logout 1.0 3). */
  sid: string
  /** When and how the user proved who they are (RFC 8176). */
  authTime: number
  amr: string[]
  /** `pending` waits for the second factor. */
  state: 'pending' | 'active'
  /** Grant of the tokens that were issued along with it. */
  grantId: string | null
  createdAt: number
  expiresAt: number
  endedAt: number | null
}

interface Row {
  hash: string
  issuer: string
  user_id: string
  sid: string
  auth_time: number
  amr: string
  state: SessionRecord['state']
  grant_id: string | null
  created_at: number
  expires_at: number
  ended_at: number | null
}

const fromRow = (row: Row): SessionRecord => ({
  hash: row.hash,
  issuer: row.issuer,
  userId: row.user_id,
  sid: row.sid,
  authTime: row.auth_time,
  amr: JSON.parse(row.amr) as string[],
  state: row.state,
  grantId: row.grant_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
})

export function findSession(reader: Reader, hash: string): SessionRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM sessions WHERE hash = ?', hash)
  return row && fromRow(row)
}

const LIVE = 'ended_at IS NULL AND expires_at > ?'

/** Sessions of users who are logged in for good, newest first. */
export const listLiveSessions = (reader: Reader, now: number): SessionRecord[] =>
  reader
    .all<Row>(
      `SELECT * FROM sessions WHERE state = 'active' AND ${LIVE} ORDER BY created_at DESC, rowid DESC`,
      now,
    )
    .map(fromRow)

/** Sessions that were given along with tokens of this grant and have not ended, pending ones too. */
export const listSessionsOfGrant = (reader: Reader, grantId: string, now: number): SessionRecord[] =>
  reader.all<Row>(`SELECT * FROM sessions WHERE grant_id = ? AND ${LIVE}`, grantId, now).map(fromRow)

export function insertSession(writer: Writer, session: SessionRecord): void {
  writer.run(
    `INSERT INTO sessions (hash, issuer, user_id, sid, auth_time, amr, state, grant_id, created_at, expires_at, ended_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    session.hash,
    session.issuer,
    session.userId,
    session.sid,
    session.authTime,
    JSON.stringify(session.amr),
    session.state,
    session.grantId,
    session.createdAt,
    session.expiresAt,
    session.endedAt,
  )
}

export function endSession(writer: Writer, hash: string, at: number): void {
  writer.run('UPDATE sessions SET ended_at = ? WHERE hash = ? AND ended_at IS NULL', at, hash)
}

/** Forgets at most `limit` sessions that ended before this time. Returns how many. */
export const pruneSessions = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    `DELETE FROM sessions WHERE hash IN (
       SELECT hash FROM sessions WHERE expires_at < ? OR ended_at < ? LIMIT ?)`,
    before,
    before,
    limit,
  )
