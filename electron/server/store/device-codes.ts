import type { AuthorizationDetail } from '../../../shared/protocol/authorization-details.ts'
import type { Reader, Writer } from './database.ts'

/** A device code with its user code (RFC 8628 3.2). The device code itself is not kept, only its hash. */
export interface DeviceCodeRecord {
  hash: string
  /** Name of the issuer the device began at. */
  issuer: string
  /** Capital letters without the dash. */
  userCode: string
  clientId: string
  scopes: string[]
  /** APIs its tokens are to be for (RFC 8707 2). */
  resources: string[]
  /** RFC 9396 2 */
  authorizationDetails: AuthorizationDetail[]
  /** Seconds the client must leave between two polls. */
  interval: number
  polledAt: number | null
  /** What the user granted; null while they have not. */
  grantId: string | null
  /** When and how the user proved who they are; null while they have not granted anything. */
  authTime: number | null
  amr: string[] | null
  deniedAt: number | null
  issuedAt: number
  expiresAt: number
  consumedAt: number | null
}

interface Row {
  hash: string
  issuer: string
  user_code: string
  client_id: string
  scopes: string
  resources: string
  authorization_details: string
  interval: number
  polled_at: number | null
  grant_id: string | null
  auth_time: number | null
  amr: string | null
  denied_at: number | null
  issued_at: number
  expires_at: number
  consumed_at: number | null
}

const fromRow = (row: Row): DeviceCodeRecord => ({
  hash: row.hash,
  issuer: row.issuer,
  userCode: row.user_code,
  clientId: row.client_id,
  scopes: JSON.parse(row.scopes) as string[],
  resources: JSON.parse(row.resources) as string[],
  authorizationDetails: JSON.parse(row.authorization_details) as AuthorizationDetail[],
  interval: row.interval,
  polledAt: row.polled_at,
  grantId: row.grant_id,
  authTime: row.auth_time,
  amr: row.amr === null ? null : (JSON.parse(row.amr) as string[]),
  deniedAt: row.denied_at,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  consumedAt: row.consumed_at,
})

export function findDeviceCode(reader: Reader, hash: string): DeviceCodeRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM device_codes WHERE hash = ?', hash)
  return row && fromRow(row)
}

export function findDeviceCodeByUserCode(reader: Reader, userCode: string): DeviceCodeRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM device_codes WHERE user_code = ?', userCode)
  return row && fromRow(row)
}

export type NewDeviceCode = Pick<
  DeviceCodeRecord,
  | 'hash'
  | 'issuer'
  | 'userCode'
  | 'clientId'
  | 'scopes'
  | 'resources'
  | 'authorizationDetails'
  | 'interval'
  | 'issuedAt'
  | 'expiresAt'
>

export function insertDeviceCode(writer: Writer, code: NewDeviceCode): void {
  writer.run(
    `INSERT INTO device_codes (hash, issuer, user_code, client_id, scopes, resources, authorization_details, interval,
       issued_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    code.hash,
    code.issuer,
    code.userCode,
    code.clientId,
    JSON.stringify(code.scopes),
    JSON.stringify(code.resources),
    JSON.stringify(code.authorizationDetails),
    code.interval,
    code.issuedAt,
    code.expiresAt,
  )
}

/** Notes a poll, and that the client is to wait so many seconds longer from now on. */
export function notePoll(writer: Writer, hash: string, at: number, longer: number): void {
  writer.run(
    'UPDATE device_codes SET polled_at = ?, interval = interval + ? WHERE hash = ?',
    at,
    longer,
    hash,
  )
}

export function approveDeviceCode(
  writer: Writer,
  hash: string,
  { grantId, authTime, amr }: { grantId: string; authTime: number; amr: string[] },
): void {
  writer.run(
    'UPDATE device_codes SET grant_id = ?, auth_time = ?, amr = ? WHERE hash = ?',
    grantId,
    authTime,
    JSON.stringify(amr),
    hash,
  )
}

/** Leaves alone what the user answered before. */
export function denyDeviceCode(writer: Writer, hash: string, at: number): void {
  writer.run(
    'UPDATE device_codes SET denied_at = ? WHERE hash = ? AND grant_id IS NULL AND denied_at IS NULL',
    at,
    hash,
  )
}

/** Marks a code as used. False when it already was: of two polls at once, one gets the tokens. */
export const consumeDeviceCode = (writer: Writer, hash: string, at: number): boolean =>
  writer.run('UPDATE device_codes SET consumed_at = ? WHERE hash = ? AND consumed_at IS NULL', at, hash) > 0

/** Forgets at most `limit` codes that expired before this time. Returns how many. */
export const pruneDeviceCodes = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM device_codes WHERE hash IN (SELECT hash FROM device_codes WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
