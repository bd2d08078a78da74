import { expect, test } from 'vitest'
import { combinationsAt, oneForEach } from './combinations.ts'
import { holdToItsWord } from './lies.ts'
import { openWorld } from './world.ts'

/** Where the issuer is behind a proxy, which takes the path off or leaves it on. */
const BEHIND_PROXY = 'https://issuer.test/auth'

/** A test for each half of the documents that an issuer can have; they are 288. Every one has all it names called. */
export function everyDocumentIsTrue(prefix: string): void {
  const all = oneForEach(combinationsAt(prefix))

  test('there are as many documents as there are features that make one', () => {
    expect(all).toHaveLength(3 * 3 * 2 ** 5)
  })

  // Where the issuer stands goes round as well.
  test.each([
    ['under the URL it is asked at', undefined, 0],
    ['under a URL of its own', BEHIND_PROXY, 1],
  ])(
    'what it names works, and what it leaves out is refused: %s',
    { timeout: 600_000 },
    async (_, url, half) => {
      const world = await openWorld(url)
      for (const [index, combination] of all.entries())
        if (index % 2 === half) await holdToItsWord(world, combination)
    },
  )
}
