import { compactDecrypt, errors, importJWK } from 'jose'
import { base64UrlProblem } from '../../../../shared/protocol/base64url.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import { agreedKey } from './agreement.ts'
import { openContent } from './content.ts'
import { withoutUse, wrapsByHand } from './encrypt.ts'
import { unwrapContentKey } from './key-wrap.ts'

/**
 * The text inside a compact JWE, by a private key or the one made of a secret. Whoever takes only some of `alg` and `enc` has
 * looked at the header before.
 *
 * @throws JWEDecryptionFailed for another key or a changed text, and other errors for what is no JWE
 */
export async function decrypt(token: string, header: JsonObject, key: JsonObject | Buffer): Promise<string> {
  const alg = String(header.alg)
  const parts = token.split('.').map((part, index) => bytesOf(PARTS[index] ?? 'part', part))
  if (wrapsByHand(alg)) return unwrapped(token, header, { parts, key }).toString('utf8')
  const usable = Buffer.isBuffer(key) ? key : await importJWK(withoutUse(key), alg)
  const { plaintext } = await compactDecrypt(token, usable, { keyManagementAlgorithms: [alg] })
  return Buffer.from(plaintext).toString('utf8')
}

const PARTS = ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'tag']

/**
 * One part of a JWE. Node and jose pass over some of what is no base64url, by which one token could be written in many ways.
 *
 * @throws JWEInvalid (RFC 7516 5.2, step 2)
 */
export function bytesOf(name: string, text: string): Buffer {
  const problem = base64UrlProblem(text)
  if (problem) throw new errors.JWEInvalid(`the ${name} ${problem}`)
  return Buffer.from(text, 'base64url')
}

function unwrapped(
  token: string,
  header: JsonObject,
  { parts, key }: { parts: readonly Buffer[]; key: JsonObject | Buffer },
): Buffer {
  if (header.crit !== undefined || header.zip !== undefined)
    throw new errors.JOSENotSupported('crit and zip are not known here')
  const [, encryptedKey, iv, ciphertext, tag] = parts
  if (parts.length !== 5) throw new errors.JWEInvalid('a compact JWE has five parts')
  const kek = Buffer.isBuffer(key) ? key : agreedKey(key, header)
  const enc = String(header.enc)
  const contentKey = unwrapContentKey(kek, encryptedKey!, enc)
  const aad = Buffer.from(token.slice(0, token.indexOf('.')), 'ascii')
  return openContent(enc, { contentKey, iv: iv!, aad, ciphertext: ciphertext!, tag: tag! })
}
