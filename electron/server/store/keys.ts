import type { SigningAlg } from '../../../shared/contract/values.ts'
import type { Reader, Writer } from './database.ts'

export type KeyUse = 'access' | 'refresh'

export interface KeyRecord {
  kid: string
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
  use: KeyUse
  alg: SigningAlg
  active: number
  private_jwk: string
  public_jwk: string | null
  created_at: number
}

const fromRow = (row: Row): KeyRecord => ({
  kid: row.kid,
  use: row.use,
  alg: row.alg,
  active: row.active === 1,
  privateJwk: JSON.parse(row.private_jwk),
  publicJwk: row.public_jwk === null ? null : JSON.parse(row.public_jwk),
  createdAt: row.created_at,
})

export const listKeys = (reader: Reader): KeyRecord[] =>
  reader.all<Row>('SELECT * FROM keys ORDER BY created_at, kid').map(fromRow)

/** Adds a key; an active one takes the place of the active one of its use. */
export function insertKey(writer: Writer, key: KeyRecord): void {
  if (key.active) writer.run('UPDATE keys SET active = 0 WHERE use = ?', key.use)
  writer.run(
    'INSERT INTO keys (kid, use, alg, active, private_jwk, public_jwk, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    key.kid,
    key.use,
    key.alg,
    key.active ? 1 : 0,
    JSON.stringify(key.privateJwk),
    key.publicJwk && JSON.stringify(key.publicJwk),
    key.createdAt,
  )
}

export function activateKey(writer: Writer, kid: string, use: KeyUse): void {
  writer.run('UPDATE keys SET active = 0 WHERE use = ?', use)
  writer.run('UPDATE keys SET active = 1 WHERE kid = ?', kid)
}
