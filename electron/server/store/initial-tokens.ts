import type { Reader, Writer } from './database.ts'

/** An initial access token (RFC 7591 1.2): lets its holder register clients. Only its SHA-256 is kept. */
export interface InitialTokenRecord {
  hash: string
  /** Name of the issuer it is for. */
  issuer: string
  issuedAt: number
  expiresAt: number
}

interface Row {
  hash: string
  issuer: string
  issued_at: number
  expires_at: number
}

export function findInitialToken(reader: Reader, hash: string): InitialTokenRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM initial_tokens WHERE hash = ?', hash)
  return row && { hash, issuer: row.issuer, issuedAt: row.issued_at, expiresAt: row.expires_at }
}

export function insertInitialToken(writer: Writer, token: InitialTokenRecord): void {
  writer.run(
    'INSERT INTO initial_tokens (hash, issuer, issued_at, expires_at) VALUES (?, ?, ?, ?)',
    token.hash,
    token.issuer,
    token.issuedAt,
    token.expiresAt,
  )
}

/** Forgets at most `limit` tokens that expired before this time. Returns how many. */
export const pruneInitialTokens = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM initial_tokens WHERE hash IN (SELECT hash FROM initial_tokens WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )

export const deleteInitialTokens = (writer: Writer): number => writer.run('DELETE FROM initial_tokens')
