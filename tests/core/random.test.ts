import { describe, expect, test } from 'vitest'
import { createSystemRandom, timedId } from '../../electron/server/random.ts'

const random = createSystemRandom()

describe('an id that begins with the time', () => {
  const moments = [
    0,
    1,
    63,
    64,
    4_095,
    Date.UTC(1999, 11, 31),
    Date.UTC(2026, 0),
    Date.UTC(2026, 0) + 1,
    Date.UTC(2109, 0),
  ]

  test('sorts as it was made, byte by byte', () => {
    const ids = moments.map((now) => timedId(random, now))
    expect(ids.toSorted()).toEqual(ids)
  })

  test('is as long as a random one, of the same characters, and looks like no option of a command', () => {
    expect(timedId(random, Date.UTC(2026, 0))).toMatch(/^[A-Za-z][A-Za-z0-9_-]{21}$/)
  })

  test('is another each time, also within a millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => timedId(random, 0, 12)))
    expect(ids.size).toBe(10_000)
  })
})
