import type { Reader, Writer } from './database.ts'

/** What a user (or a client for itself) once allowed; all tokens descended from it form its family. */
export interface GrantRecord {
  id: string
  clientId: string
  /** Null when the client acts for itself. */
  userId: string | null
  scopes: string[]
  createdAt: number
}

interface Row {
  id: string
  client_id: string
  user_id: string | null
  scopes: string
  created_at: number
}

export function findGrant(reader: Reader, id: string): GrantRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM grants WHERE id = ?', id)
  return (
    row && {
      id: row.id,
      clientId: row.client_id,
      userId: row.user_id,
      scopes: JSON.parse(row.scopes) as string[],
      createdAt: row.created_at,
    }
  )
}

export function insertGrant(writer: Writer, grant: GrantRecord): void {
  writer.run(
    'INSERT INTO grants (id, client_id, user_id, scopes, created_at) VALUES (?, ?, ?, ?, ?)',
    grant.id,
    grant.clientId,
    grant.userId,
    JSON.stringify(grant.scopes),
    grant.createdAt,
  )
}

/** Forgets at most `limit` grants made before this time that have no token left. Returns how many. */
export const pruneGrants = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    `DELETE FROM grants WHERE id IN (
       SELECT id FROM grants AS g WHERE created_at < ? AND NOT EXISTS (SELECT 1 FROM tokens WHERE grant_id = g.id)
       LIMIT ?)`,
    before,
    limit,
  )
