import { createCipheriv, createDecipheriv } from 'node:crypto'
import { errors } from 'jose'
import { knownKeyLength } from './content.ts'

// AES key wrap is done here because Electron's WebCrypto, which jose stands on, has none (its BoringSSL leaves it out).

/** The default initial value (RFC 3394 2.2.3.1), by which a wrong key shows. */
const START = Buffer.alloc(8, 0xa6)

/** AES of single blocks. In ECB none depends on those before, so one cipher does for all of them. */
const ecb = (kek: Uint8Array) => `aes-${kek.length * 8}-ecb`

/** AES Key Wrap (RFC 3394 2.2.1) of a key of two or more blocks of eight bytes. */
export function wrapKey(kek: Uint8Array, key: Uint8Array): Buffer {
  const blocks = key.length / 8
  let start: Buffer = START
  const rest = Buffer.from(key)
  const cipher = createCipheriv(ecb(kek), kek, null).setAutoPadding(false)
  for (let step = 1; step <= 6 * blocks; step++) {
    const at = ((step - 1) % blocks) * 8
    const closed = cipher.update(Buffer.concat([start, rest.subarray(at, at + 8)]))
    start = counted(closed.subarray(0, 8), step)
    closed.copy(rest, at, 8, 16)
  }
  return Buffer.concat([start, rest])
}

/**
 * The key of the content, wrapped for `enc`. Its length is looked at first: whoever sends a token chooses how much there is to do.
 *
 * @throws JWEDecryptionFailed; JOSENotSupported for an enc that is not known
 */
export function unwrapContentKey(kek: Uint8Array, wrapped: Buffer, enc: string): Buffer {
  if (wrapped.length !== knownKeyLength(enc) + START.length) throw new errors.JWEDecryptionFailed()
  return unwrapKey(kek, wrapped)
}

/** AES Key Unwrap (RFC 3394 2.2.2). @throws JWEDecryptionFailed */
export function unwrapKey(kek: Uint8Array, wrapped: Buffer): Buffer {
  const blocks = wrapped.length / 8 - 1
  if (!Number.isInteger(blocks) || blocks < 2) throw new errors.JWEDecryptionFailed()
  let start: Buffer = wrapped.subarray(0, 8)
  const rest = Buffer.from(wrapped.subarray(8))
  const cipher = createDecipheriv(ecb(kek), kek, null).setAutoPadding(false)
  for (let step = 6 * blocks; step >= 1; step--) {
    const at = ((step - 1) % blocks) * 8
    const opened = cipher.update(Buffer.concat([counted(start, step), rest.subarray(at, at + 8)]))
    start = opened.subarray(0, 8)
    opened.copy(rest, at, 8, 16)
  }
  if (!start.equals(START)) throw new errors.JWEDecryptionFailed()
  return rest
}

function counted(start: Buffer, step: number): Buffer {
  const mixed = Buffer.alloc(8)
  mixed.writeBigUInt64BE(start.readBigUInt64BE() ^ BigInt(step))
  return mixed
}
