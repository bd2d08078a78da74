import { createHash } from 'node:crypto'
import { contentKeyLength } from './content.ts'

/**
 * The key made of a client's secret: the left part of a hash of it, the shortest SHA-2 that is long enough (OpenID Connect Core
 * 1.0 10.2).
 */
export function keyOfSecret(secret: string, alg: string, enc: string): Buffer {
  const bits = /^A(128|192|256)(?:GCM)?KW$/.exec(alg)?.[1]
  const length = bits === undefined ? (contentKeyLength(enc) ?? 32) : Number(bits) / 8
  const name = length > 48 ? 'sha512' : length > 32 ? 'sha384' : 'sha256'
  return createHash(name).update(secret, 'utf8').digest().subarray(0, length)
}
