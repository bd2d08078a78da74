import type { SigningAlg } from '../../../shared/contract/values.ts'
import type { Reader, Writer } from './database.ts'

export type KeyUse = 'access' | 'refresh'

export interface KeyRecord {
  kid: string
  /** Name of the issuer it signs for. */
  issuer: string
  use: KeyUse
  alg: SigningAlg
  active: boolean
  privateJwk: Record<string, unknown>
  /** Null for a symmetric key. */
  publicJwk: Record<string, unknown> | null
  createdAt: number
}

interface Row {
  kid: string
  issuer: string
  use: KeyUse
  alg: SigningAlg
  active: number
  private_jwk: string
  public_jwk: string | null
  created_at: number
}

const fromRow = (row: Row): KeyRecord => ({
  kid: row.kid,
  issuer: row.issuer,
  use: row.use,
  alg: row.alg,
  active: row.active === 1,
  privateJwk: JSON.parse(row.private_jwk),
  publicJwk: row.public_jwk === null ? null : JSON.parse(row.public_jwk),
  createdAt: row.created_at,
})

export const listKeys = (reader: Reader): KeyRecord[] =>
  reader.all<Row>('SELECT * FROM keys ORDER BY created_at, kid').map(fromRow)

/** Adds a key; an active one takes the place of its issuer's active one of this use. */
export function insertKey(writer: Writer, key: KeyRecord): void {
  writer.touch('keys')
  if (key.active) deactivate(writer, key)
  writer.run(
    'INSERT INTO keys (kid, issuer, use, alg, active, private_jwk, public_jwk, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    key.kid,
    key.issuer,
    key.use,
    key.alg,
    key.active ? 1 : 0,
    JSON.stringify(key.privateJwk),
    key.publicJwk && JSON.stringify(key.publicJwk),
    key.createdAt,
  )
}

export function activateKey(writer: Writer, key: Pick<KeyRecord, 'kid' | 'issuer' | 'use'>): void {
  writer.touch('keys')
  deactivate(writer, key)
  writer.run('UPDATE keys SET active = 1 WHERE kid = ?', key.kid)
}

const deactivate = (writer: Writer, { issuer, use }: Pick<KeyRecord, 'issuer' | 'use'>): number =>
  writer.run('UPDATE keys SET active = 0 WHERE issuer = ? AND use = ?', issuer, use)
