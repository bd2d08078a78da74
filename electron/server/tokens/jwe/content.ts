import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { errors } from 'jose'
import type { Random } from '../../random.ts'

/** The content of a JWE as it is sent. */
export interface SealedContent {
  iv: Buffer
  ciphertext: Buffer
  tag: Buffer
}

interface ContentKey {
  contentKey: Buffer
  aad: Buffer
}

/** Bytes of the key an `enc` takes (RFC 7518 5.2, 5.3); null for one that is not known. */
export function contentKeyLength(enc: string): number | null {
  const cbc = /^A(?:128|192|256)CBC-HS(256|384|512)$/.exec(enc)
  const gcm = /^A(128|192|256)GCM$/.exec(enc)
  const bits = cbc?.[1] ?? gcm?.[1]
  return bits === undefined ? null : Number(bits) / 8
}

/** The same. @throws JOSENotSupported for one that is not known */
export function knownKeyLength(enc: string): number {
  const length = contentKeyLength(enc)
  if (length === null) throw new errors.JOSENotSupported(`enc ${enc} is not known`)
  return length
}

export function sealContent(
  random: Random,
  enc: string,
  { contentKey, aad, plaintext }: ContentKey & { plaintext: Buffer },
): SealedContent {
  if (enc.includes('CBC')) return sealCbc(random, enc, { contentKey, aad, plaintext })
  const iv = Buffer.from(random.bytes(12))
  const cipher = createCipheriv(gcmName(enc), contentKey, iv, { authTagLength: 16 }).setAAD(aad)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { iv, ciphertext, tag: cipher.getAuthTag() }
}

/** @throws JWEDecryptionFailed; JOSENotSupported for an enc that is not known */
export function openContent(enc: string, content: ContentKey & SealedContent): Buffer {
  const cbc = enc.includes('CBC')
  const { contentKey, iv, tag } = content
  const lengths = [knownKeyLength(enc), cbc ? 16 : 12, cbc ? contentKey.length / 2 : 16]
  const fit = [contentKey, iv, tag].every((bytes, index) => bytes.length === lengths[index])
  if (!fit) throw new errors.JWEDecryptionFailed()
  return cbc ? openCbc(enc, content) : openGcm(enc, content)
}

/** RFC 7518 5.2: half of the key is for the HMAC, half for AES. */
function sealCbc(
  random: Random,
  enc: string,
  { contentKey, aad, plaintext }: ContentKey & { plaintext: Buffer },
): SealedContent {
  const half = contentKey.length / 2
  const iv = Buffer.from(random.bytes(16))
  const cipher = createCipheriv(`aes-${half * 8}-cbc`, contentKey.subarray(half), iv)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { iv, ciphertext, tag: cbcTag(enc, { contentKey, aad, iv, ciphertext }) }
}

function openCbc(enc: string, { contentKey, iv, aad, ciphertext, tag }: ContentKey & SealedContent): Buffer {
  const half = contentKey.length / 2
  const expected = cbcTag(enc, { contentKey, aad, iv, ciphertext })
  if (!timingSafeEqual(expected, tag)) throw new errors.JWEDecryptionFailed()
  const cipher = createDecipheriv(`aes-${half * 8}-cbc`, contentKey.subarray(half), iv)
  return Buffer.concat([cipher.update(ciphertext), cipher.final()])
}

function cbcTag(
  enc: string,
  { contentKey, aad, iv, ciphertext }: ContentKey & Omit<SealedContent, 'tag'>,
): Buffer {
  const half = contentKey.length / 2
  const bits = Buffer.alloc(8)
  bits.writeBigUInt64BE(BigInt(aad.length) * 8n)
  const hmac = createHmac(`sha${enc.slice(-3)}`, contentKey.subarray(0, half))
  return hmac.update(aad).update(iv).update(ciphertext).update(bits).digest().subarray(0, half)
}

/** RFC 7518 5.3 */
function openGcm(enc: string, { contentKey, iv, aad, ciphertext, tag }: ContentKey & SealedContent): Buffer {
  const cipher = createDecipheriv(gcmName(enc), contentKey, iv, { authTagLength: 16 })
  cipher.setAAD(aad).setAuthTag(tag)
  try {
    return Buffer.concat([cipher.update(ciphertext), cipher.final()])
  } catch {
    throw new errors.JWEDecryptionFailed()
  }
}

function gcmName(enc: string) {
  const bits = /^A(128|192|256)GCM$/.exec(enc)?.[1]
  if (bits === undefined) throw new Error(`enc ${enc} is not known`)
  return `aes-${bits}-gcm` as 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm'
}
