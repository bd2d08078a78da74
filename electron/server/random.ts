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

/** In the order of their codes, so that what is later also sorts later, whatever sorts it. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
/** Enough until 2109, and beginning with a letter, not with what looks like an option to a command. */
const TIME_DIGITS = 7
const TIME_BYTES = 5

/**
 * An id of the same form that begins with the time: rows that are made one after the other then lie side by side in the indexes of
 * the store. It takes fewer tries to guess than a `randomId`, so it must not be good for anything by itself.
 *
 * @param now epoch milliseconds
 */
export const timedId = (random: Random, now: number, length = 16): string =>
  timeDigits(now) + randomId(random, length - TIME_BYTES)

function timeDigits(now: number): string {
  let digits = ''
  for (let rest = Math.max(0, Math.trunc(now)); digits.length < TIME_DIGITS; ) {
    digits = DIGITS[rest % DIGITS.length] + digits
    rest = Math.floor(rest / DIGITS.length)
  }
  return digits
}
