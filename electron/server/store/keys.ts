import type { KeyState } from '../../../shared/contract/operations/keys.ts'
import { DEFAULT_ISSUER, type EncryptionKeyAlg, type SigningAlg } from '../../../shared/contract/values.ts'
import type { Reader, Writer } from './database.ts'

/** What a key signs. */
export type KeyUse = 'access' | 'refresh'

interface NewPair {
  kid: string
  /** Name of the issuer whose key it is. */
  issuer: string
  privateJwk: Record<string, unknown>
  /** Null for a symmetric key. */
  publicJwk: Record<string, unknown> | null
  createdAt: number
}

/** A key as it is made: it signs, or waits in the JWKS. */
export interface NewSigningKey extends NewPair {
  use: KeyUse
  alg: SigningAlg
  active: boolean
}

/** A pair whose public half others encrypt with. It signs nothing, and nothing it signed would count. */
export interface NewEncryptionKey extends NewPair {
  use: 'encryption'
  alg: EncryptionKeyAlg
  active: false
}

export type NewKey = NewSigningKey | NewEncryptionKey

interface Life {
  /** Since when it is out of the JWKS. It stays set while the key is revoked, so that undoing that leads back. */
  retiredAt: number | null
  revokedAt: number | null
  /** When it came into its state. */
  changedAt: number
}

export type SigningKeyRecord = NewSigningKey & Life
export type EncryptionKeyRecord = NewEncryptionKey & Life
export type KeyRecord = SigningKeyRecord | EncryptionKeyRecord

export const isSigningKey = (key: KeyRecord): key is SigningKeyRecord => key.use !== 'encryption'
export const isEncryptionKey = (key: KeyRecord): key is EncryptionKeyRecord => key.use === 'encryption'

interface Row {
  kid: string
  issuer: string
  use: KeyRecord['use']
  alg: KeyRecord['alg']
  active: number
  private_jwk: string
  public_jwk: string | null
  created_at: number
  retired_at: number | null
  revoked_at: number | null
  changed_at: number
}

const fromRow = (row: Row): KeyRecord =>
  ({
    kid: row.kid,
    issuer: row.issuer,
    use: row.use,
    alg: row.alg,
    active: row.active === 1,
    privateJwk: JSON.parse(row.private_jwk),
    publicJwk: row.public_jwk === null ? null : JSON.parse(row.public_jwk),
    createdAt: row.created_at,
    retiredAt: row.retired_at,
    revokedAt: row.revoked_at,
    changedAt: row.changed_at,
  }) as KeyRecord

export function keyState({ active, retiredAt, revokedAt }: KeyRecord): KeyState {
  if (revokedAt !== null) return 'revoked'
  if (retiredAt !== null) return 'retired'
  return active ? 'active' : 'published'
}

/** Whether it may sign, and is in the JWKS if it has a public half; of a pair to encrypt with, whether it is offered. */
export const isCurrent = ({ retiredAt, revokedAt }: KeyRecord): boolean =>
  retiredAt === null && revokedAt === null

export const listKeys = (reader: Reader): KeyRecord[] =>
  reader.all<Row>('SELECT * FROM keys ORDER BY created_at, rowid').map(fromRow)

/** Adds a key; an active one takes the place of its issuer's active one of this use. */
export function insertKey(writer: Writer, key: NewKey): void {
  writer.touch('keys')
  if (key.active) deactivate(writer, key, key.createdAt)
  writer.run(
    `INSERT INTO keys (kid, issuer, use, alg, active, private_jwk, public_jwk, created_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.kid,
    key.issuer,
    key.use,
    key.alg,
    key.active ? 1 : 0,
    JSON.stringify(key.privateJwk),
    key.publicJwk && JSON.stringify(key.publicJwk),
    key.createdAt,
    key.createdAt,
  )
}

/** Lets a key sign, and so be in the JWKS; the one that signed until now stays there. */
export function activateKey(
  writer: Writer,
  key: Pick<SigningKeyRecord, 'kid' | 'issuer' | 'use'>,
  at: number,
): void {
  writer.touch('keys')
  deactivate(writer, key, at)
  writer.run('UPDATE keys SET active = 1, retired_at = NULL, changed_at = ? WHERE kid = ?', at, key.kid)
}

const deactivate = (writer: Writer, { issuer, use }: Pick<KeyRecord, 'issuer' | 'use'>, at: number): number =>
  writer.run(
    'UPDATE keys SET active = 0, changed_at = ? WHERE issuer = ? AND use = ? AND active = 1',
    at,
    issuer,
    use,
  )

/** Puts a key that does not sign into the JWKS, or takes it out. */
export function setKeyRetired(writer: Writer, kid: string, retired: boolean, at: number): void {
  writer.touch('keys')
  writer.run('UPDATE keys SET retired_at = ?, changed_at = ? WHERE kid = ?', retired ? at : null, at, kid)
}

export function setKeyRevoked(writer: Writer, kid: string, revoked: boolean, at: number): void {
  writer.touch('keys')
  writer.run('UPDATE keys SET revoked_at = ?, changed_at = ? WHERE kid = ?', revoked ? at : null, at, kid)
}

/** Takes the other pairs of its kind out of the JWKS, so that clients encrypt with this one from now on. */
export function retireOtherPairs(
  writer: Writer,
  { kid, issuer, alg }: Pick<EncryptionKeyRecord, 'kid' | 'issuer' | 'alg'>,
  at: number,
): void {
  writer.touch('keys')
  writer.run(
    `UPDATE keys SET retired_at = ?, changed_at = ?
     WHERE issuer = ? AND use = 'encryption' AND alg = ? AND kid <> ? AND retired_at IS NULL AND revoked_at IS NULL`,
    at,
    at,
    issuer,
    alg,
    kid,
  )
}

export function deleteKey(writer: Writer, kid: string): void {
  writer.touch('keys')
  writer.run('DELETE FROM keys WHERE kid = ?', kid)
}

/** Removes the keys of issuers that are not there. The default issuer always is. */
export function deleteOrphanKeys(writer: Writer): void {
  writer.touch('keys')
  writer.run(
    'DELETE FROM keys WHERE issuer <> ? AND issuer NOT IN (SELECT name FROM issuers)',
    DEFAULT_ISSUER,
  )
}

const LIVE = 'revoked_at IS NULL AND consumed_at IS NULL AND expires_at > ?'

/** How many tokens of the ledger each key signed: those that count now, and all. */
export const countTokensByKey = (reader: Reader, now: number): { kid: string; live: number; all: number }[] =>
  reader.all(
    `SELECT kid, sum(${LIVE}) AS live, count(*) AS "all" FROM tokens WHERE kid IS NOT NULL GROUP BY kid`,
    now,
  )

/** The jtis of tokens this key signed that count now, the newest first. */
export const liveTokensOfKey = (reader: Reader, kid: string, now: number): string[] =>
  reader
    .all<{ jti: string }>(`SELECT jti FROM tokens WHERE kid = ? AND ${LIVE} ORDER BY seq DESC`, kid, now)
    .map(({ jti }) => jti)

const reasonOf = (kid: string): string => `its key ${kid} is revoked`

/** Puts every token of a key on the deny list that is not there yet. */
export const revokeTokensOfKey = (writer: Writer, kid: string, at: number): number =>
  writer.run(
    `UPDATE tokens SET revoked_at = ?, revoked_by = 'workbench', revoked_reason = ? WHERE kid = ? AND revoked_at IS NULL`,
    at,
    reasonOf(kid),
    kid,
  )

/** Takes those off again that came there with their key. */
export const restoreTokensOfKey = (writer: Writer, kid: string): number =>
  writer.run(
    `UPDATE tokens SET revoked_at = NULL, revoked_by = NULL, revoked_reason = NULL WHERE kid = ? AND revoked_reason = ?`,
    kid,
    reasonOf(kid),
  )
