import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { traceFragment } from '../../electron/host/origin.ts'
import { isWithin, readWindowState, writeWindowState } from '../../electron/host/window-state.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const state = (x: number) => ({ bounds: { x, y: 20, width: 900, height: 700 }, maximized: false })

test('each kind of window keeps its own place, and a damaged file is as good as none', async () => {
  const folder = await temporaryFolder()
  try {
    const file = join(folder.path, 'windows.json')
    expect(readWindowState(file, 'main')).toBeUndefined()
    writeWindowState(file, 'main', state(10))
    writeWindowState(file, 'trace', state(500))
    expect(readWindowState(file, 'main')).toEqual(state(10))
    expect(readWindowState(file, 'trace')).toEqual(state(500))
    await writeFile(file, '{"main":{"bounds":{"x":"left"}}}')
    expect(readWindowState(file, 'main')).toBeUndefined()
    writeWindowState(join(folder.path, 'missing', 'windows.json'), 'main', state(10))
  } finally {
    await folder.remove()
  }
})

test.each([
  ['where it was', 10, 20, true],
  ['half out on the left', -500, 20, true],
  ['out on the left', -880, 20, false],
  ['on a display that is gone', 2600, 20, false],
  ['with its title bar above the screen', 10, -60, false],
  ['below the screen', 10, 1070, false],
])('a window is put %s or not', (_where, x, y, put) => {
  const workArea = { x: 0, y: 0, width: 1920, height: 1080 }
  expect(isWithin({ x, y, width: 900, height: 700 }, workArea)).toBe(put)
})

test.each([
  ['app://grantscope/#/traces/trace-4xY_-9?step=3', '#/traces/trace-4xY_-9?alone=1'],
  ['app://grantscope/#/traces/trace-4x', '#/traces/trace-4x?alone=1'],
  ['app://grantscope/#/traces/12', null],
  ['app://grantscope/#/traces/trace-4x/../../users', null],
  ['app://grantscope/#/traces/trace-<script>', null],
  ['app://grantscope/?#/users', null],
  ['no url', null],
])('a window of its own is for a trace: %s', (url, fragment) => {
  expect(traceFragment(url)).toBe(fragment)
})
