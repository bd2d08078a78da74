import { createHmac } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const CAROLS_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** The code of a moment (RFC 6238: SHA-1, six digits, 30 seconds), worked out apart from the code under test. */
export function totpCode(secret: string, time: number, stepsAway = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000) + stepsAway))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const number = digest.readUInt32BE(digest.at(-1)! & 0x0f) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Six digits that no time step near this moment gives. */
export function wrongCode(secret: string, time: number, nth = 0): string {
  const near = new Set([-2, -1, 0, 1, 2].map((steps) => totpCode(secret, time, steps)))
  const candidates = Array.from({ length: 12 }, (_, index) => String(index * 11_111).padStart(6, '0'))
  return candidates.filter((code) => !near.has(code))[nth]!
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
