import type { SeenToken } from '../../../shared/contract/operations/lab.ts'
import type { Reader, Writer } from './database.ts'
import { containing } from './like.ts'

interface Row {
  id: number
  seen_at: number
  form: SeenToken['form']
  alg: string | null
  typ: string | null
  iss: string | null
  sub: string | null
  expires_at: number | null
}

export type NewSeenToken = Omit<SeenToken, 'id'> & { hash: string; token: string }

const KEPT = 200
const columns = 'id, seen_at, form, alg, typ, iss, sub, expires_at'

const fromRow = ({ seen_at, expires_at, ...row }: Row): SeenToken => ({
  ...row,
  seenAt: seen_at,
  expiresAt: expires_at,
})

/** Puts a token on top, also one that was seen before, and forgets the oldest beyond 200. */
export function insertSeenToken(writer: Writer, token: NewSeenToken): SeenToken {
  writer.run('DELETE FROM seen_tokens WHERE hash = ?', token.hash)
  writer.run(
    `INSERT INTO seen_tokens (hash, token, seen_at, form, alg, typ, iss, sub, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.hash,
    token.token,
    token.seenAt,
    token.form,
    token.alg,
    token.typ,
    token.iss,
    token.sub,
    token.expiresAt,
  )
  writer.run(
    'DELETE FROM seen_tokens WHERE id NOT IN (SELECT id FROM seen_tokens ORDER BY id DESC LIMIT ?)',
    KEPT,
  )
  return fromRow(writer.get<Row>(`SELECT ${columns} FROM seen_tokens WHERE hash = ?`, token.hash)!)
}

/** Newest first. */
export function listSeenTokens(reader: Reader, search: string, limit: number): SeenToken[] {
  const like = containing(search)
  const where = ['iss', 'sub', 'alg', 'typ', 'token'].map((column) => String.raw`${column} LIKE ? ESCAPE '\'`)
  const rows = reader.all<Row>(
    `SELECT ${columns} FROM seen_tokens WHERE ${where.join(' OR ')} ORDER BY id DESC LIMIT ?`,
    ...where.map(() => like),
    limit,
  )
  return rows.map(fromRow)
}

export const readSeenToken = (reader: Reader, id: number): string | undefined =>
  reader.get<{ token: string }>('SELECT token FROM seen_tokens WHERE id = ?', id)?.token

export const deleteSeenToken = (writer: Writer, id: number): number =>
  writer.run('DELETE FROM seen_tokens WHERE id = ?', id)

export const deleteSeenTokens = (writer: Writer): number => writer.run('DELETE FROM seen_tokens')
