import type {
  TokenFilter,
  TokenKind,
  TokenRow,
  TokenState,
} from '../../../shared/contract/operations/tokens.ts'
import type { Reader, Writer } from './database.ts'

/** One row per jti. The token itself is not kept, only its hash. */
export interface TokenRecord {
  jti: string
  kind: TokenKind
  grantId: string
  /** Name of the issuer it is of. */
  issuer: string
  parentJti: string | null
  clientId: string
  userId: string | null
  username: string | null
  /** SHA-256 of the whole token. */
  hash: string
  scopes: string[]
  header: Record<string, unknown>
  claims: Record<string, unknown>
  issuedAt: number
  /** When it ends at the issuer. Earlier than its own `exp` when it was made to expire by hand. */
  expiresAt: number
  consumedAt: number | null
  revokedAt: number | null
  revokedReason: string | null
}

interface Row {
  jti: string
  kind: TokenKind
  grant_id: string
  issuer: string
  parent_jti: string | null
  client_id: string
  user_id: string | null
  username: string | null
  hash: string
  scopes: string
  header: string
  claims: string
  issued_at: number
  expires_at: number
  consumed_at: number | null
  revoked_at: number | null
  revoked_reason: string | null
}

const fromRow = (row: Row): TokenRecord => ({
  jti: row.jti,
  kind: row.kind,
  grantId: row.grant_id,
  issuer: row.issuer,
  parentJti: row.parent_jti,
  clientId: row.client_id,
  userId: row.user_id,
  username: row.username,
  hash: row.hash,
  scopes: row.scopes === '' ? [] : row.scopes.split(' '),
  header: JSON.parse(row.header),
  claims: JSON.parse(row.claims),
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  consumedAt: row.consumed_at,
  revokedAt: row.revoked_at,
  revokedReason: row.revoked_reason,
})

const from = `FROM tokens AS t JOIN grants AS g ON g.id = t.grant_id LEFT JOIN users AS u ON u.id = g.user_id`
const columns = 't.*, g.issuer, g.client_id, g.user_id, u.username'

export function tokenState(
  token: Pick<TokenRecord, 'revokedAt' | 'consumedAt' | 'expiresAt'>,
  now: number,
): TokenState {
  if (token.revokedAt !== null) return 'revoked'
  if (token.consumedAt !== null) return 'consumed'
  return token.expiresAt <= now ? 'expired' : 'active'
}

export const toTokenRow = (token: TokenRecord, now: number): TokenRow => ({
  jti: token.jti,
  kind: token.kind,
  state: tokenState(token, now),
  userId: token.userId,
  username: token.username,
  clientId: token.clientId,
  scopes: token.scopes,
  issuer: token.issuer,
  grantId: token.grantId,
  parentJti: token.parentJti,
  issuedAt: token.issuedAt,
  expiresAt: token.expiresAt,
  consumedAt: token.consumedAt,
  revokedAt: token.revokedAt,
  revokedReason: token.revokedReason,
})

export function findToken(reader: Reader, jti: string): TokenRecord | undefined {
  const row = reader.get<Row>(`SELECT ${columns} ${from} WHERE t.jti = ?`, jti)
  return row && fromRow(row)
}

export function findTokenByHash(reader: Reader, hash: string): TokenRecord | undefined {
  const row = reader.get<Row>(`SELECT ${columns} ${from} WHERE t.hash = ?`, hash)
  return row && fromRow(row)
}

/** Every token of a grant, oldest first. */
export const listFamily = (reader: Reader, grantId: string): TokenRecord[] =>
  reader.all<Row>(`SELECT ${columns} ${from} WHERE t.grant_id = ? ORDER BY t.seq`, grantId).map(fromRow)

export type NewToken = Omit<
  TokenRecord,
  'issuer' | 'clientId' | 'userId' | 'username' | 'consumedAt' | 'revokedAt' | 'revokedReason'
>

export function insertToken(writer: Writer, token: NewToken): void {
  writer.run(
    `INSERT INTO tokens (jti, kind, grant_id, parent_jti, hash, scopes, header, claims, issued_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.jti,
    token.kind,
    token.grantId,
    token.parentJti,
    token.hash,
    token.scopes.join(' '),
    JSON.stringify(token.header),
    JSON.stringify(token.claims),
    token.issuedAt,
    token.expiresAt,
  )
}

/** Marks a token as used up. False when it already was, or is revoked: of two at once, one wins. */
export const consumeToken = (writer: Writer, jti: string, at: number): boolean =>
  writer.run(
    'UPDATE tokens SET consumed_at = ? WHERE jti = ? AND consumed_at IS NULL AND revoked_at IS NULL',
    at,
    jti,
  ) > 0

/** False when there is no such token or it was revoked before. */
export const revokeToken = (writer: Writer, jti: string, reason: string, at: number): boolean =>
  writer.run(
    'UPDATE tokens SET revoked_at = ?, revoked_reason = ? WHERE jti = ? AND revoked_at IS NULL',
    at,
    reason,
    jti,
  ) > 0

/**
 * Revokes what of the family is not revoked yet, and of the families its tokens were exchanged for (RFC 8693): who takes a
 * grant back does not leave others with what came of it. Returns those jtis.
 */
export const revokeFamily = (writer: Writer, grantId: string, reason: string, at: number): string[] =>
  writer
    .all<{ jti: string }>(
      `WITH RECURSIVE line (id) AS (VALUES (?) UNION SELECT g.id FROM grants AS g JOIN line ON g.parent_grant_id = line.id)
       UPDATE tokens SET revoked_at = ?, revoked_reason = ?
       WHERE grant_id IN (SELECT id FROM line) AND revoked_at IS NULL RETURNING jti`,
      grantId,
      at,
      reason,
    )
    .map(({ jti }) => jti)

/** Ends a token at the issuer now. False when it had ended before. */
export const expireToken = (writer: Writer, jti: string, at: number): boolean =>
  writer.run('UPDATE tokens SET expires_at = ? WHERE jti = ? AND expires_at > ?', at, jti, at) > 0

/**
 * Takes back the newest thing that ended a token: its revocation, else its use, else its early expiry. So the undo of a
 * revoked family leaves the refresh tokens used that were used before.
 */
export const restoreToken = (writer: Writer, jti: string): boolean =>
  writer.run(
    `UPDATE tokens SET revoked_at = NULL, revoked_reason = NULL,
       consumed_at = CASE WHEN revoked_at IS NULL THEN NULL ELSE consumed_at END,
       expires_at = CASE WHEN revoked_at IS NULL AND consumed_at IS NULL
         THEN CAST(claims ->> '$.exp' AS INTEGER) * 1000 ELSE expires_at END
     WHERE jti = ?
       AND (revoked_at IS NOT NULL OR consumed_at IS NOT NULL OR expires_at <> CAST(claims ->> '$.exp' AS INTEGER) * 1000)`,
    jti,
  ) > 0

const stateClauses: Record<TokenState, string> = {
  revoked: 't.revoked_at IS NOT NULL',
  consumed: 't.revoked_at IS NULL AND t.consumed_at IS NOT NULL',
  expired: 't.revoked_at IS NULL AND t.consumed_at IS NULL AND t.expires_at <= ?',
  active: 't.revoked_at IS NULL AND t.consumed_at IS NULL AND t.expires_at > ?',
}

function whereOf(filter: TokenFilter, now: number): { clause: string; parameters: (string | number)[] } {
  const clauses: string[] = []
  const parameters: (string | number)[] = []
  const add = (clause: string, ...values: (string | number)[]) => {
    clauses.push(clause)
    parameters.push(...values)
  }
  if (filter.kind) add('t.kind = ?', filter.kind)
  if (filter.state) {
    const clause = stateClauses[filter.state]
    add(clause, ...(clause.includes('?') ? [now] : []))
  }
  if (filter.issuer) add('g.issuer = ?', filter.issuer)
  if (filter.userId) add('g.user_id = ?', filter.userId)
  if (filter.clientId) add('g.client_id = ?', filter.clientId)
  if (filter.grantId) add('t.grant_id = ?', filter.grantId)
  if (filter.search) {
    const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
    add(
      String.raw`(t.jti LIKE ? ESCAPE '\' OR u.username LIKE ? ESCAPE '\' OR g.client_id LIKE ? ESCAPE '\' OR t.scopes LIKE ? ESCAPE '\')`,
      like,
      like,
      like,
      like,
    )
  }
  return { clause: clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '', parameters }
}

/** Newest first. */
export function listTokens(
  reader: Reader,
  { filter, now, offset, limit }: { filter: TokenFilter; now: number; offset: number; limit: number },
): { total: number; tokens: TokenRecord[] } {
  const { clause, parameters } = whereOf(filter, now)
  const total = reader.get<{ n: number }>(`SELECT count(*) AS n ${from} ${clause}`, ...parameters)!.n
  const rows = reader.all<Row>(
    `SELECT ${columns} ${from} ${clause} ORDER BY t.seq DESC LIMIT ? OFFSET ?`,
    ...parameters,
    limit,
    offset,
  )
  return { total, tokens: rows.map(fromRow) }
}

/** The issuer's URL that the latest token of a grant names; undefined when there is none. */
export const lastIssuerUrl = (reader: Reader, grantId: string): string | undefined =>
  reader.get<{ iss: string | null }>(
    `SELECT json_extract(claims, '$.iss') AS iss FROM tokens WHERE grant_id = ? ORDER BY seq DESC LIMIT 1`,
    grantId,
  )?.iss ?? undefined

export const countActiveTokens = (reader: Reader, now: number): number =>
  reader.get<{ n: number }>(
    'SELECT count(*) AS n FROM tokens WHERE expires_at > ? AND revoked_at IS NULL AND consumed_at IS NULL',
    now,
  )!.n

/** Forgets at most `limit` tokens that expired before this time. Returns how many. */
export const pruneTokens = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM tokens WHERE seq IN (SELECT seq FROM tokens WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
