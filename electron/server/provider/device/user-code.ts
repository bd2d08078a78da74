import type { Random } from '../../random.ts'

/** RFC 8628 6.1: easily told apart, and too few vowels to spell a word. Twenty letters to the eighth are 34 bits. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8

/** The largest multiple of the number of letters in a byte: above it, some letters would come up more often. */
const FAIR = 256 - (256 % LETTERS.length)

export function newUserCode(random: Random): string {
  let code = ''
  while (code.length < LENGTH) {
    for (const byte of random.bytes(LENGTH)) {
      if (byte < FAIR && code.length < LENGTH) code += LETTERS[byte % LETTERS.length]
    }
  }
  return code
}

/** What was typed, in any case and with whatever between the letters (RFC 8628 6.1). */
export const readUserCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z]/g, '')

/** As it is shown: "BCDF-GHJK". */
export const showUserCode = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
