import { CompactSign } from 'jose'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { SigningKey } from './key-ring.ts'

const encoder = new TextEncoder()

/** A JWT (RFC 7519) of this type, signed; its header names the key. */
export const signJwt = ({ alg, kid, key }: SigningKey, typ: string, claims: JsonObject): Promise<string> =>
  new CompactSign(encoder.encode(JSON.stringify(claims))).setProtectedHeader({ alg, typ, kid }).sign(key)
