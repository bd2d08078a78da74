import { describe, expect, test } from 'vitest'
import { readSources } from './imports.ts'
import { importCycles } from './rules.ts'

const cyclesOf = (files: Record<string, string>) => importCycles(new Map(Object.entries(files)))

describe('import cycles, of values and types', () => {
  test.each(['shared', 'electron', 'renderer'])('there are none in %s', (folder) => {
    expect(importCycles(readSources([folder]))).toEqual([])
  })

  test('there are none across them', () => {
    expect(importCycles(readSources(['shared', 'electron', 'renderer']))).toEqual([])
  })

  test('a planted cycle of two is found', () => {
    expect(cyclesOf({ 'a.ts': "import './b.ts'", 'b.ts': "import { a } from './a.ts'" })).toEqual([
      'a.ts -> b.ts -> a.ts',
    ])
  })

  test('a planted cycle of types is found', () => {
    expect(
      cyclesOf({ 'a.ts': "import type { B } from './b.ts'", 'b.ts': "export type { A } from './a.ts'" }),
    ).toHaveLength(1)
  })

  test('a planted cycle over folders and a barrel is found', () => {
    const files = {
      'x/a.ts': "import { b } from '../y/index.ts'",
      'y/index.ts': "export * from './b.ts'",
      'y/b.ts': "import { c } from './c.ts'",
      'y/c.ts': "const a = () => import('../x/a.ts')",
    }
    expect(cyclesOf(files)).toEqual(['x/a.ts -> y/index.ts -> y/b.ts -> y/c.ts -> x/a.ts'])
  })

  test('a file that imports itself is found', () => {
    expect(cyclesOf({ 'a.ts': "import { a } from './a.ts'" })).toEqual(['a.ts -> a.ts'])
  })

  test('a diamond is no cycle', () => {
    const files = {
      'a.ts': "import './b.ts'\nimport './c.ts'",
      'b.ts': "import './d.ts'",
      'c.ts': "import './d.ts'",
      'd.ts': '',
    }
    expect(cyclesOf(files)).toEqual([])
  })
})
