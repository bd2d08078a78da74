import { expect, test } from 'vitest'
import { heldBack, progressOn } from '../../scripts/lib/progress.mjs'

test('what is held back is said once it is released, in order, and from then on at once', async () => {
  const lines: string[] = []
  const held = heldBack(progressOn({ write: (line) => lines.push(line) }))
  await held.step('Downloading', async () => held.note('half of it'))
  expect(lines).toEqual([])
  held.release()
  const before = [
    '[grantscope] Downloading ...\n',
    '[grantscope] half of it\n',
    expect.stringMatching(/^\[grantscope\] Downloading: done in \d+\.\d s\n$/),
  ]
  expect(lines).toEqual(before)
  held.note('Installing')
  expect(lines).toEqual([...before, '[grantscope] Installing\n'])
})
