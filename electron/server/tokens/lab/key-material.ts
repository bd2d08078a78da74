import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { ContractError } from '../../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../../shared/contract/issues.ts'
import type { SecretEncoding } from '../../../../shared/contract/operations/lab.ts'
import { base64UrlProblem } from '../../../../shared/protocol/base64url.ts'
import { parseObject } from '../../../../shared/protocol/jose.ts'
import { algorithmsOf, secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'

/** A key in use by the lab, as a JWK, public or private. */
export interface LabKey {
  jwk: JsonObject & { kty: string }
  /** "key k1 of issuer default", "the pasted key". */
  name: string
}

const MOST_KEYS = 100

/**
 * The keys in a pasted text.
 *
 * @throws ContractError `invalid_input` at `path`
 */
export function readKeys(text: string, path = 'key.text'): LabKey[] {
  const trimmed = text.trim()
  if (trimmed.startsWith('-----BEGIN')) return [{ jwk: pemToJwk(trimmed, path), name: 'the pasted key' }]
  const json = parseObject(trimmed)
  if (!json) throw wrongKey('is no JWK, no JWK Set and no PEM', path)
  const all = Array.isArray(json.keys) ? json.keys : [json]
  const keys = all.filter(isKey).slice(0, MOST_KEYS)
  if (keys.length === 0) throw wrongKey('holds no key: a JWK has a kty (RFC 7517 4.1)', path)
  return keys.map((jwk) => ({ jwk, name: typeof jwk.kid === 'string' ? `key ${jwk.kid}` : 'the pasted key' }))
}

const isKey = (value: unknown): value is LabKey['jwk'] => isJsonObject(value) && typeof value.kty === 'string'

function pemToJwk(pem: string, path: string): LabKey['jwk'] {
  const encrypted = /ENCRYPTED/.test(pem.slice(0, 400))
  if (encrypted) throw wrongKey('is encrypted; paste the key without its passphrase', path)
  try {
    const key = /PRIVATE KEY-----/.test(pem) ? createPrivateKey(pem) : createPublicKey(pem)
    return key.export({ format: 'jwk' }) as LabKey['jwk']
  } catch (error) {
    throw wrongKey(`is PEM that cannot be read: ${error instanceof Error ? error.message : error}`, path)
  }
}

export const wrongKey = (message: string, path = 'key.text'): ContractError =>
  invalidInput([{ path, message }])

/**
 * The bytes of a shared secret.
 *
 * @throws ContractError `invalid_input` at `key.secret`
 */
export function secretBytes(secret: string, encoding: SecretEncoding): Buffer {
  if (encoding === 'text') return Buffer.from(secret, 'utf8')
  const compact = secret.replace(/\s+/g, '')
  const right = {
    hex: () => /^(?:[0-9a-f]{2})*$/i.test(compact),
    base64: () => /^[A-Za-z0-9+/]*={0,2}$/.test(compact),
    base64url: () => base64UrlProblem(compact) === null,
  }[encoding]()
  if (!right) throw wrongKey(`is not ${encoding}`, 'key.secret')
  return Buffer.from(compact, encoding)
}

export const secretKey = (secret: string, encoding: SecretEncoding): LabKey => ({
  jwk: { kty: 'oct', k: secretBytes(secret, encoding).toString('base64url') },
  name: 'the secret',
})

/** What an issuer of this workspace, or all of them, sign with, but for keys that are revoked. */
export const issuerKeys = (core: Core, issuer?: string): LabKey[] =>
  core.keys
    .signing(issuer)
    .flatMap(({ kid, privateJwk, revokedAt }) =>
      revokedAt === null ? [{ jwk: privateJwk as LabKey['jwk'], name: `key ${kid}` }] : [],
    )

/** The algorithms a key may sign with: its own alg where it names one. Empty for a key that is for something else. */
export function signingAlgorithms({ jwk }: LabKey): readonly string[] {
  if (jwk.kty !== 'oct') return algorithmsOf({ ...jwk })
  const own = secretAlgorithms.filter((alg) => alg === jwk.alg)
  return jwk.alg === undefined ? secretAlgorithms : own
}

/** Whether the key can sign, and not only verify. */
export const isPrivate = ({ jwk }: LabKey): boolean => jwk.kty === 'oct' || typeof jwk.d === 'string'

/** @throws ContractError `invalid_input` at `key.text` when the JWK is broken */
export function toKeyObject({ jwk }: LabKey, part: 'private' | 'public'): KeyObject {
  try {
    const input = { key: jwk as JsonWebKey, format: 'jwk' } as const
    return part === 'private' ? createPrivateKey(input) : createPublicKey(input)
  } catch (error) {
    throw wrongKey(`is a JWK that cannot be used: ${error instanceof Error ? error.message : error}`)
  }
}
