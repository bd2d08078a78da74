import type { Reader, Writer } from './database.ts'
import { retireSubject } from './retired-subjects.ts'

export interface UserRecord {
  /** The `sub` claim. */
  id: string
  username: string
  /** bcrypt; null for a user who cannot log in by password. */
  passwordHash: string | null
  name: string | null
  email: string | null
  active: boolean
  /** Name of the one issuer that knows the user; null when every issuer does. */
  issuer: string | null
  allowedScopes: string[] | null
  claims: Record<string, unknown>
  totpState: 'off' | 'pending' | 'on'
  /** Base32. */
  totpSecret: string | null
  /** Time step of the last code that was accepted: none at or before it counts again (RFC 6238 5.2). */
  totpLastStep: number | null
  totpFailures: number
  totpLockedUntil: number | null
  lastLoginAt: number | null
  createdAt: number
  updatedAt: number
}

interface Row {
  id: string
  username: string
  password_hash: string | null
  name: string | null
  email: string | null
  active: number
  issuer: string | null
  allowed_scopes: string | null
  claims: string
  totp_state: UserRecord['totpState']
  totp_secret: string | null
  totp_last_step: number | null
  totp_failures: number
  totp_locked_until: number | null
  last_login_at: number | null
  created_at: number
  updated_at: number
}

const fromRow = (row: Row): UserRecord => ({
  id: row.id,
  username: row.username,
  passwordHash: row.password_hash,
  name: row.name,
  email: row.email,
  active: row.active === 1,
  issuer: row.issuer,
  allowedScopes: row.allowed_scopes === null ? null : JSON.parse(row.allowed_scopes),
  claims: JSON.parse(row.claims),
  totpState: row.totp_state,
  totpSecret: row.totp_secret,
  totpLastStep: row.totp_last_step,
  totpFailures: row.totp_failures,
  totpLockedUntil: row.totp_locked_until,
  lastLoginAt: row.last_login_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const listUsers = (reader: Reader): UserRecord[] =>
  reader.all<Row>('SELECT * FROM users ORDER BY username').map(fromRow)

export function findUser(reader: Reader, id: string): UserRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM users WHERE id = ?', id)
  return row && fromRow(row)
}

export function findUserByName(reader: Reader, username: string): UserRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM users WHERE username = ?', username)
  return row && fromRow(row)
}

/** The first of those with this email address, which need not be unique. */
export function findUserByEmail(reader: Reader, email: string): UserRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM users WHERE email = ? ORDER BY username LIMIT 1', email)
  return row && fromRow(row)
}

/** Adds the user or replaces the one with this id. */
export function saveUser(writer: Writer, user: UserRecord): void {
  writer.run(
    `INSERT INTO users (id, username, password_hash, name, email, active, issuer, allowed_scopes, claims, totp_state, totp_secret,
       totp_last_step, totp_failures, totp_locked_until, last_login_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET username = excluded.username, password_hash = excluded.password_hash,
       name = excluded.name, email = excluded.email, active = excluded.active, issuer = excluded.issuer,
       allowed_scopes = excluded.allowed_scopes,
       claims = excluded.claims, totp_state = excluded.totp_state, totp_secret = excluded.totp_secret,
       totp_last_step = excluded.totp_last_step, totp_failures = excluded.totp_failures,
       totp_locked_until = excluded.totp_locked_until, last_login_at = excluded.last_login_at,
       updated_at = excluded.updated_at`,
    user.id,
    user.username,
    user.passwordHash,
    user.name,
    user.email,
    user.active ? 1 : 0,
    user.issuer,
    user.allowedScopes && JSON.stringify(user.allowedScopes),
    JSON.stringify(user.claims),
    user.totpState,
    user.totpSecret,
    user.totpLastStep,
    user.totpFailures,
    user.totpLockedUntil,
    user.lastLoginAt,
    user.createdAt,
    user.updatedAt,
  )
}

/** The id stays taken: nobody else gets it. */
export function deleteUser(writer: Writer, id: string): boolean {
  retireSubject(writer, id)
  return writer.run('DELETE FROM users WHERE id = ?', id) > 0
}

/** Takes every username out of the way, for as long as the transaction that gives them out anew. */
export function releaseUsernames(writer: Writer): void {
  writer.run('UPDATE users SET username = char(0) || id')
}
