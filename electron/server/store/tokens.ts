import type {
  Revoker,
  TokenFilter,
  TokenKind,
  TokenRow,
  TokenState,
} from '../../../shared/contract/operations/tokens.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
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
  /** Empty for an opaque token. */
  header: { kid?: string; [name: string]: unknown }
  claims: Record<string, unknown>
  issuedAt: number
  /** When it ends at the issuer. Earlier than its own `exp` when it was made to expire by hand. */
  expiresAt: number
  consumedAt: number | null
  /** When it was first shown again after it was used up. */
  reusedAt: number | null
  revokedAt: number | null
  revokedBy: Revoker | null
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
  reused_at: number | null
  revoked_at: number | null
  revoked_by: Revoker | null
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
  reusedAt: row.reused_at,
  revokedAt: row.revoked_at,
  revokedBy: row.revoked_by,
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
  reusedAt: token.reusedAt,
  revokedAt: token.revokedAt,
  revokedBy: token.revokedBy,
  revokedReason: token.revokedReason,
})

// One row at a time is read without a join, which costs better-sqlite3 twenty times as much as these.
const ofGrant = (column: string) => `(SELECT ${column} FROM grants WHERE id = t.grant_id)`
const findOne = `SELECT t.*, ${ofGrant('issuer')} AS issuer, ${ofGrant('client_id')} AS client_id, ${ofGrant('user_id')} AS user_id,
  (SELECT username FROM users WHERE id = ${ofGrant('user_id')}) AS username FROM tokens AS t`

export function findToken(reader: Reader, jti: string): TokenRecord | undefined {
  const row = reader.get<Row>(`${findOne} WHERE t.jti = ?`, jti)
  return row && fromRow(row)
}

/** Of those that are no JWT. */
export function findOpaqueToken(reader: Reader, hash: string): TokenRecord | undefined {
  const row = reader.get<Row>(`${findOne} WHERE t.hash = ? AND t.kid IS NULL`, hash)
  return row && fromRow(row)
}

/** Every token of a grant, oldest first. */
export const listFamily = (reader: Reader, grantId: string): TokenRecord[] =>
  reader.all<Row>(`SELECT ${columns} ${from} WHERE t.grant_id = ? ORDER BY t.seq`, grantId).map(fromRow)

export type NewToken = Omit<
  TokenRecord,
  | 'issuer'
  | 'clientId'
  | 'userId'
  | 'username'
  | 'consumedAt'
  | 'reusedAt'
  | 'revokedAt'
  | 'revokedBy'
  | 'revokedReason'
>

export function insertToken(writer: Writer, token: NewToken): void {
  writer.run(
    `INSERT INTO tokens (jti, kind, grant_id, parent_jti, hash, kid, scopes, header, claims, issued_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.jti,
    token.kind,
    token.grantId,
    token.parentJti,
    token.hash,
    token.header.kid ?? null,
    token.scopes.join(' '),
    JSON.stringify(token.header),
    JSON.stringify(token.claims),
    token.issuedAt,
    token.expiresAt,
  )
}

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
  if (filter.unexpired) add('t.expires_at > ?', now)
  if (filter.issuer) add(ofIssuer(filter.issuer), filter.issuer)
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

/** There is an index of what is not the default issuer's, and SQLite takes it only when told. */
const ofIssuer = (name: string): string =>
  name === DEFAULT_ISSUER ? 'g.issuer = ?' : `g.issuer <> '${DEFAULT_ISSUER}' AND g.issuer = ?`

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

/** The jtis of all that match, newest first. */
export function matchingJtis(reader: Reader, filter: TokenFilter, now: number): string[] {
  const { clause, parameters } = whereOf(filter, now)
  return reader
    .all<{ jti: string }>(`SELECT t.jti ${from} ${clause} ORDER BY t.seq DESC`, ...parameters)
    .map(({ jti }) => jti)
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
