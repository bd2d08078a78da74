import { compactDecrypt, importJWK } from 'jose'
import { contentEncryptions } from '../../../../shared/protocol/jwe.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import { agreedKey } from './agreement.ts'
import { contentKeyLength, openContent } from './content.ts'
import { withoutUse, wrapsByHand } from './encrypt.ts'
import { unwrapKey } from './key-wrap.ts'

/**
 * The text inside a compact JWE, by a private key or the one made of a secret. The caller has seen to it that the header asks for
 * no more than `alg` and `enc` of those we know.
 *
 * @throws JWEDecryptionFailed for another key or a changed text, and other errors for what is no JWE
 */
export async function decrypt(token: string, header: JsonObject, key: JsonObject | Buffer): Promise<string> {
  const alg = String(header.alg)
  if (wrapsByHand(alg)) return unwrapped(token, header, key).toString('utf8')
  const usable = Buffer.isBuffer(key) ? key : await importJWK(withoutUse(key), alg)
  const { plaintext } = await compactDecrypt(token, usable, {
    keyManagementAlgorithms: [alg],
    contentEncryptionAlgorithms: [...contentEncryptions],
  })
  return Buffer.from(plaintext).toString('utf8')
}

function unwrapped(token: string, header: JsonObject, key: JsonObject | Buffer): Buffer {
  const [aad = '', ...parts] = token.split('.')
  const [encryptedKey, iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
  const kek = Buffer.isBuffer(key) ? key : agreedKey(key, header)
  const enc = String(header.enc)
  const contentKey = unwrapKey(kek, encryptedKey!)
  if (contentKey.length !== contentKeyLength(enc))
    throw new Error(`the wrapped key is not of the length ${enc} takes`)
  const content = { contentKey, iv: iv!, aad: Buffer.from(aad, 'ascii'), ciphertext: ciphertext!, tag: tag! }
  return openContent(enc, content)
}
