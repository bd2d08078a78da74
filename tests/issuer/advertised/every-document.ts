import { expect, test } from 'vitest'
import { combinationsAt, oneForEach, shownBy } from './combinations.ts'
import { holdToItsWord } from './lies.ts'
import { openWorld } from './world.ts'

const all = oneForEach(combinationsAt(''))

/** Even or odd: as many of both meet each two of the other things. */
const parity = (bits: number): number => [...bits.toString(2)].filter((bit) => bit === '1').length % 2

/**
 * A test for half of the documents that an issuer can have, at an issuer with this URL; left out, it is the one it is asked at.
 * Each of them has all it names called, at the default issuer or at one beside it.
 */
export function everyDocumentIsTrue(half: 0 | 1, url?: string): void {
  test('there are as many documents as there are features that make one', () => {
    expect(all).toHaveLength(3 * 3 * 2 ** 5)
  })

  test('what it names works, and what it leaves out is refused', { timeout: 600_000 }, async () => {
    const world = await openWorld(url)
    for (const [index, combination] of all.entries()) {
      const shown = Object.values(shownBy(combination)).filter(Boolean).length
      if (shown % 2 !== half) continue
      await holdToItsWord(world, { ...combination, prefix: parity(index) === 0 ? '' : '/acme' })
    }
  })
}
