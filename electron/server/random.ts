import { randomBytes } from 'node:crypto'

/** The only source of randomness for ids, codes and secrets. Key generation is the crypto library's own. */
export interface Random {
  bytes(length: number): Uint8Array
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) }

/** `length` random bytes as base64url: 16 for an id nobody can guess, 32 for a secret. */
export const randomId = (random: Random, length = 16): string =>
  Buffer.from(random.bytes(length)).toString('base64url')
