import type { Reader, Writer } from './database.ts'

/** An authorization code (RFC 6749 4.1.2). The code itself is not kept, only its hash. */
export interface CodeRecord {
  hash: string
  grantId: string
  /** Name of the issuer it was given at. */
  issuer: string
  clientId: string
  userId: string | null
  /** As the authorization request named it; null when it named none. */
  redirectUri: string | null
  codeChallenge: string | null
  codeChallengeMethod: 'S256' | 'plain' | null
  /** Thumbprint of the DPoP key it is bound to (RFC 9449 10); null when it is bound to none. */
  dpopJkt: string | null
  nonce: string | null
  authTime: number
  amr: string[]
  issuedAt: number
  expiresAt: number
  consumedAt: number | null
}

interface Row {
  hash: string
  grant_id: string
  issuer: string
  client_id: string
  user_id: string | null
  redirect_uri: string | null
  code_challenge: string | null
  code_challenge_method: CodeRecord['codeChallengeMethod']
  dpop_jkt: string | null
  nonce: string | null
  auth_time: number
  amr: string
  issued_at: number
  expires_at: number
  consumed_at: number | null
}

const fromRow = (row: Row): CodeRecord => ({
  hash: row.hash,
  grantId: row.grant_id,
  issuer: row.issuer,
  clientId: row.client_id,
  userId: row.user_id,
  redirectUri: row.redirect_uri,
  codeChallenge: row.code_challenge,
  codeChallengeMethod: row.code_challenge_method,
  dpopJkt: row.dpop_jkt,
  nonce: row.nonce,
  authTime: row.auth_time,
  amr: JSON.parse(row.amr) as string[],
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  consumedAt: row.consumed_at,
})

export function findCode(reader: Reader, hash: string): CodeRecord | undefined {
  const row = reader.get<Row>(
    'SELECT c.*, g.issuer, g.client_id, g.user_id FROM codes AS c JOIN grants AS g ON g.id = c.grant_id WHERE c.hash = ?',
    hash,
  )
  return row && fromRow(row)
}

export function insertCode(
  writer: Writer,
  code: Omit<CodeRecord, 'issuer' | 'clientId' | 'userId' | 'consumedAt'>,
): void {
  writer.run(
    `INSERT INTO codes (hash, grant_id, redirect_uri, code_challenge, code_challenge_method, dpop_jkt, nonce, auth_time,
       amr, issued_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    code.hash,
    code.grantId,
    code.redirectUri,
    code.codeChallenge,
    code.codeChallengeMethod,
    code.dpopJkt,
    code.nonce,
    code.authTime,
    JSON.stringify(code.amr),
    code.issuedAt,
    code.expiresAt,
  )
}

/** Marks a code as used. False when it already was: of two requests at once, one wins. */
export const consumeCode = (writer: Writer, hash: string, at: number): boolean =>
  writer.run('UPDATE codes SET consumed_at = ? WHERE hash = ? AND consumed_at IS NULL', at, hash) > 0

/** Forgets at most `limit` codes that expired before this time. Returns how many. */
export const pruneCodes = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM codes WHERE hash IN (SELECT hash FROM codes WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
