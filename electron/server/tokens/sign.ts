import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import { signatureAsync } from './jws.ts'
import type { SigningKey } from './key-ring.ts'

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT (RFC 7519) of this type, signed (RFC 7515 7.1); its header names the key. */
export async function signJwt(
  { alg, kid, key }: SigningKey,
  typ: string,
  claims: JsonObject,
): Promise<string> {
  const input = `${encode({ alg, typ, kid })}.${encode(claims)}`
  return `${input}.${await signatureAsync(alg, key, input)}`
}
