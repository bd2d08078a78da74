import { constants, privateDecrypt } from 'node:crypto'
import {
  compactDecrypt,
  errors,
  type FlattenedJWE,
  flattenedDecrypt,
  type GeneralJWE,
  generalDecrypt,
  importJWK,
  type JWK,
} from 'jose'
import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { type DecodedToken, decodeToken, parseObject } from '../../../../shared/protocol/jose.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { agreedKey } from '../jwe/agreement.ts'
import { openContent } from '../jwe/content.ts'
import { bytesOf } from '../jwe/decrypt.ts'
import { unwrapContentKey } from '../jwe/key-wrap.ts'
import { type LabKey, readKeys, secretKey, toKeyObject } from './key-material.ts'

type Decrypted = OutputOf<'lab.decrypt'>

/**
 * Decrypts a JWE with the first of the keys that fits.
 *
 * @throws ContractError `refused`, saying why none does; `invalid_input` for a key that is none
 */
export async function decryptForLab({ token, key }: ParsedInputOf<'lab.decrypt'>): Promise<Decrypted> {
  const decoded = decodeToken(token.trim())
  if (decoded.form !== 'jwe' || !decoded.header)
    throw new ContractError('refused', 'This is no JWE: nothing in it is encrypted.')
  const keys = key.kind === 'secret' ? [secretKey(key.secret, key.encoding)] : readKeys(key.text)
  const kid = decoded.header.kid
  const named = keys.filter(({ jwk }) => kid === undefined || jwk.kid === undefined || jwk.kid === kid)
  if (named.length === 0) throw new ContractError('refused', `None of the keys has the kid ${String(kid)}.`)
  let reason = ''
  for (const candidate of named) {
    try {
      return toResult(decoded.header, await plaintextOf(decoded, candidate))
    } catch (error) {
      reason = failureReason(error, decoded.header)
    }
  }
  throw new ContractError('refused', reason)
}

function toResult(header: JsonObject, bytes: Uint8Array): Decrypted {
  const plaintext = Buffer.from(bytes).toString('utf8')
  const inner = decodeToken(plaintext)
  const nested = inner.form === 'jws' || inner.form === 'jwe' || inner.form === 'sd-jwt'
  return { header, plaintext, nested: nested ? plaintext : null }
}

function failureReason(error: unknown, { alg }: JsonObject): string {
  if (error instanceof errors.JWEDecryptionFailed)
    return 'The key does not decrypt it: it is another key, or the token was changed.'
  return `It cannot be decrypted with this key (alg ${String(alg)}): ${error instanceof Error ? error.message : error}.`
}

async function plaintextOf(decoded: DecodedToken, key: LabKey): Promise<Uint8Array> {
  const { header, token, serialization } = decoded
  const own = ownAlg(token, header, key)
  if (own !== null) return decryptByHand(token, own, key)
  if (serialization === 'compact') {
    const usable = await toDecrypter(key, header)
    return (
      await compactDecrypt(token, usable, { ...limits, keyManagementAlgorithms: [String(header?.alg)] })
    ).plaintext
  }
  const json = parseObject(token)
  if (serialization === 'flattened') {
    const jwe = json as unknown as FlattenedJWE
    return (await flattenedDecrypt(jwe, await toDecrypter(key, header), limits)).plaintext
  }
  // Each recipient has an algorithm of its own, which decides what the key is imported for.
  const jwe = json as unknown as GeneralJWE
  const usable: Parameters<typeof generalDecrypt>[1] = (head, { header: own }) =>
    toDecrypter(key, { ...own, ...head })
  return (await generalDecrypt(jwe, usable, limits)).plaintext
}

// A password-based token says itself how often its password is hashed, and a compressed one how big it becomes.
const limits = { maxPBES2Count: 100_000 } as const

async function toDecrypter({ jwk }: LabKey, header: { alg?: unknown } | null) {
  const { alg: _alg, use: _use, key_ops: _ops, ...bare } = jwk
  const alg = typeof header?.alg === 'string' ? header.alg : 'dir'
  return importJWK(bare as JWK, alg)
}

// The AES key wrap is done by hand because Electron's WebCrypto has none (its BoringSSL leaves it out).
// jose leaves RSA1_5 out, and RFC 8725 3.2 advises against it; some providers still write it, and whoever debugs one has the
// key. Here nobody can be asked often enough for Bleichenbacher's attack: it is the user's own key, on the user's own machine.

/** The algorithm to do by hand here; null where jose does it. */
function ownAlg(token: string, header: JsonObject | null, { jwk }: LabKey): string | null {
  const wanted = byHand[jwk.kty] ?? byHand.EC!
  const named = [header?.alg, ...recipientsOf(token).map(algOf)].find((alg) => wanted.test(String(alg)))
  return named === undefined ? null : String(named)
}

const byHand: Readonly<Record<string, RegExp>> = {
  RSA: /^RSA1_5$/,
  oct: /^A(?:128|192|256)KW$/,
  EC: /^ECDH-ES\+A(?:128|192|256)KW$/,
}

function decryptByHand(token: string, alg: string, key: LabKey): Uint8Array {
  const { aad, header, protectedHeader, encryptedKey, iv, ciphertext, tag } = partsOf(token, alg)
  return openContent(String(protectedHeader.enc), {
    contentKey: contentKeyOf(key, header, bytesOf('encrypted key', encryptedKey)),
    iv: bytesOf('initialization vector', iv),
    aad: Buffer.from(aad, 'ascii'),
    ciphertext: bytesOf('ciphertext', ciphertext),
    tag: bytesOf('tag', tag),
  })
}

function contentKeyOf(key: LabKey, header: JsonObject, wrapped: Buffer): Buffer {
  const { jwk } = key
  if (jwk.kty === 'RSA') return unpad(rsaDecrypt(key, wrapped))
  const kek = jwk.kty === 'oct' ? Buffer.from(String(jwk.k), 'base64url') : agreedKey(jwk, header)
  return unwrapContentKey(kek, wrapped, String(header.enc))
}

const rsaDecrypt = (key: LabKey, wrapped: Buffer): Buffer =>
  privateDecrypt({ key: toKeyObject(key, 'private'), padding: constants.RSA_NO_PADDING }, wrapped)

/** Those of the general form; the one of the others is the token itself. */
function recipientsOf(token: string): JsonObject[] {
  const json = token.startsWith('{') ? parseObject(token) : null
  if (!json) return []
  return Array.isArray(json.recipients) ? json.recipients.filter(isJsonObject) : [json]
}

const algOf = ({ header }: JsonObject): unknown => (isJsonObject(header) ? header.alg : undefined)

function partsOf(token: string, alg: string) {
  const json = token.startsWith('{') ? parseObject(token) : null
  if (!json) {
    const [aad = '', encryptedKey = '', iv = '', ciphertext = '', tag = ''] = token.split('.')
    const header = headerOf(aad)
    return { aad, encryptedKey, iv, ciphertext, tag, header, protectedHeader: header }
  }
  const recipients = recipientsOf(token)
  const recipient = recipients.find((one) => algOf(one) === alg) ?? recipients[0]
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const head = text(json.protected)
  const protectedHeader = headerOf(head)
  const own = isJsonObject(recipient?.header) ? recipient.header : {}
  return {
    header: { ...own, ...(isJsonObject(json.unprotected) ? json.unprotected : {}), ...protectedHeader },
    aad: json.aad === undefined ? head : `${head}.${text(json.aad)}`,
    encryptedKey: text(recipient?.encrypted_key),
    iv: text(json.iv),
    ciphertext: text(json.ciphertext),
    tag: text(json.tag),
    protectedHeader,
  }
}

const headerOf = (part: string): JsonObject =>
  parseObject(Buffer.from(part, 'base64url').toString('utf8')) ?? {}

/** RFC 8017 7.2.2: 00 02, eight or more bytes that are not zero, 00, the key. */
function unpad(raw: Uint8Array): Buffer {
  const end = raw.indexOf(0, 2)
  if (raw[0] !== 0 || raw[1] !== 2 || end < 10) throw new errors.JWEDecryptionFailed()
  return Buffer.from(raw.subarray(end + 1))
}
