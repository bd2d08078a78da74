import { randomBytes } from 'node:crypto'

/** The only source of randomness for ids, codes and secrets. Key generation is the crypto library's own. */
export interface Random {
  bytes(length: number): Uint8Array
}

/** Bytes asked of the system at once: each call costs as much as a check of a request. */
const DRAWN = 4_096

/** Hands out no byte twice. */
export function createSystemRandom(): Random {
  let drawn = Buffer.alloc(0)
  return {
    bytes(length) {
      if (drawn.length < length) drawn = randomBytes(Math.max(DRAWN, length))
      const bytes = drawn.subarray(0, length)
      drawn = drawn.subarray(length)
      return bytes
    },
  }
}

/** `length` random bytes as base64url: 16 for an id nobody can guess, 32 for a secret. */
export const randomId = (random: Random, length = 16): string =>
  Buffer.from(random.bytes(length)).toString('base64url')
