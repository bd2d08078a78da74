import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type JsonWebKey,
} from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'

// ECDH-ES with a key wrap (RFC 7518 4.6) is done here for the sake of the wrap. Agreed upon without one, jose does it.

/** A key that wraps, agreed upon with this public one, and the ephemeral key that goes into the header. */
export function agreeWith(publicJwk: JsonObject, alg: string): { kek: Buffer; epk: JsonObject } {
  const publicKey = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' })
  const { namedCurve = 'prime256v1' } = publicKey.asymmetricKeyDetails ?? {}
  const ephemeral = generateKeyPairSync('ec', { namedCurve })
  const epk = ephemeral.publicKey.export({ format: 'jwk' }) as JsonObject
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey })
  return { kek: derived(secret, alg, {}), epk }
}

/** The same key, on the side of whoever decrypts. @throws Error for a header without an ephemeral key on the same curve */
export function agreedKey(privateJwk: JsonObject, header: JsonObject): Buffer {
  if (!isJsonObject(header.epk)) throw new Error('the header has no epk')
  const publicKey = createPublicKey({ key: header.epk as JsonWebKey, format: 'jwk' })
  const privateKey = createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' })
  return derived(diffieHellman({ privateKey, publicKey }), String(header.alg), header)
}

/** Concat KDF with SHA-256, of which one round is as long as any wrapping key (RFC 7518 4.6.2). */
function derived(secret: Buffer, alg: string, { apu, apv }: JsonObject): Buffer {
  const length = Number(/A(128|192|256)KW$/.exec(alg)?.[1])
  const info = [alg, apu, apv].map((value, index) => {
    const text = typeof value === 'string' ? value : ''
    return withLength(Buffer.from(text, index === 0 ? 'ascii' : 'base64url'))
  })
  const hash = createHash('sha256').update(number(1)).update(secret)
  const key = hash.update(Buffer.concat([...info, number(length)])).digest()
  return key.subarray(0, length / 8)
}

const withLength = (bytes: Buffer): Buffer => Buffer.concat([number(bytes.length), bytes])

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
