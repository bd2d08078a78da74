import { CompactEncrypt, importJWK, type JWK } from 'jose'
import type { ContentEncryption, KeyEncryption } from '../../../../shared/protocol/jwe.ts'
import type { PublicJwk } from '../../../../shared/protocol/jwk.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Random } from '../../random.ts'
import { agreeWith } from './agreement.ts'
import { contentKeyLength, sealContent } from './content.ts'
import { wrapKey } from './key-wrap.ts'

/** Whom something is encrypted for, and how. */
export interface Recipient {
  alg: KeyEncryption
  enc: ContentEncryption
  /** A public key, or the one made of a secret. */
  key: PublicJwk | Buffer
}

/** Whether the key is wrapped by our own hand. */
export const wrapsByHand = (alg: string): boolean => /A(?:128|192|256)KW$/.test(alg)

/**
 * A compact JWE (RFC 7516 7.1). Its header names the key, where that has a name.
 *
 * @param cty `JWT` for what is a JWT itself (RFC 7519 5.2); left out for plain claims
 */
export async function encrypt(
  random: Random,
  text: string,
  { alg, enc, key }: Recipient,
  cty?: 'JWT',
): Promise<string> {
  const kid = Buffer.isBuffer(key) ? undefined : key.kid
  const header = { alg, enc, ...(kid === undefined ? {} : { kid }), ...(cty ? { cty } : {}) }
  if (wrapsByHand(alg)) return wrapped(random, text, header, key)
  const usable = Buffer.isBuffer(key) ? key : await importJWK(withoutUse(key), alg)
  return new CompactEncrypt(Buffer.from(text)).setProtectedHeader(header).encrypt(usable)
}

/** What a JWK says of its use was looked at before. */
export const withoutUse = ({ alg: _alg, use: _use, key_ops: _ops, ...bare }: JsonObject): JWK => bare as JWK

function wrapped(
  random: Random,
  text: string,
  header: JsonObject & { enc: ContentEncryption },
  key: Recipient['key'],
): string {
  const agreed = Buffer.isBuffer(key) ? { kek: key } : agreeWith(key, String(header.alg))
  const head = 'epk' in agreed ? { ...header, epk: agreed.epk } : header
  const aad = encode(Buffer.from(JSON.stringify(head)))
  const contentKey = Buffer.from(random.bytes(contentKeyLength(header.enc)!))
  const content = { contentKey, aad: Buffer.from(aad, 'ascii'), plaintext: Buffer.from(text) }
  const { iv, ciphertext, tag } = sealContent(random, header.enc, content)
  return [aad, ...[wrapKey(agreed.kek, contentKey), iv, ciphertext, tag].map(encode)].join('.')
}

const encode = (bytes: Buffer): string => bytes.toString('base64url')
