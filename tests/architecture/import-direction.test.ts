import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allImports, importsOf, readSources, root, withoutComments } from './imports.ts'
import { strayTimeAndChance, wrongImports } from './rules.ts'

const sources = readSources(['shared', 'electron', 'renderer'])

describe('who may import whom (DESIGN.md), type imports included', () => {
  test('every import goes in the direction of the design', () => {
    expect(sources.size).toBeGreaterThan(200)
    expect(wrongImports(sources)).toEqual([])
  })

  const planted: [string, string, string][] = [
    ['node: in shared', 'shared/protocol/x.ts', "import { join } from 'node:path'"],
    ['a bare Node module in shared', 'shared/protocol/x.ts', "import fs from 'fs'"],
    ['electron in shared', 'shared/contract/x.ts', "import type { App } from 'electron'"],
    ['zod outside shared/contract', 'shared/protocol/x.ts', "import { z } from 'zod'"],
    ['the contract in the protocol', 'shared/protocol/x.ts', "import type { A } from '../contract/a.ts'"],
    ['the server in shared', 'shared/flow/x.ts', "import type { Core } from '../../electron/server/core.ts'"],
    ['electron in the server', 'electron/server/x.ts', "import { app } from 'electron'"],
    ['electron/main in the server', 'electron/server/x.ts', "export * from 'electron/main'"],
    ['a host in the server', 'electron/server/a/x.ts', "import { listen } from '../../host/listen.ts'"],
    ['core internals in a host', 'electron/host/x.ts', "import type { Core } from '../server/core.ts'"],
    ['core internals in the CLI', 'electron/cli/x.ts', "const a = await import('../server/store/users.ts')"],
    ['core internals in the shell', 'electron/main/x.ts', "type A = import('../server/core.ts').Core"],
    ['electron in a host', 'electron/host/x.ts', "import { net } from 'electron'"],
    ['the CLI in a host', 'electron/host/x.ts', "import { a } from '../cli/command.ts'"],
    ['the shell in the CLI', 'electron/cli/x.ts', "import { a } from '../main/window.ts'"],
    ['a host in the preload', 'electron/preload/x.ts', "import { a } from '../host/listen.ts'"],
    [
      'the protocol in the preload',
      'electron/preload/x.ts',
      "import { a } from '../../shared/protocol/jwt.ts'",
    ],
    ['node: in the preload', 'electron/preload/x.ts', "import { a } from 'node:fs'"],
    [
      'electron/ in the renderer',
      'renderer/features/a/x.tsx',
      "import type { A } from '../../../electron/server/index.ts'",
    ],
    ['electron in the renderer', 'renderer/main.tsx', "import { ipcRenderer } from 'electron'"],
    ['node: in the renderer', 'renderer/ui/x.ts', "import { Buffer } from 'node:buffer'"],
    ['a store in ui', 'renderer/ui/x.tsx', "import type { A } from '../stores/queries.ts'"],
    ['a feature in ui', 'renderer/ui/x.tsx', "import { A } from '../features/shell/app.tsx'"],
    ['a transport in a feature', 'renderer/features/a/x.tsx', "import { a } from '../../transport/http.ts'"],
    ['a feature in a store', 'renderer/stores/x.ts', "import { a } from '../features/shell/app.tsx'"],
    ['a transport in a store', 'renderer/stores/x.ts', "import { a } from '../transport/http.ts'"],
    ['a file outside every layer', 'electron/elsewhere/x.ts', "import { a } from './y.ts'"],
  ]
  test.each(planted)('a planted violation is found: %s', (_what, file, line) => {
    expect(wrongImports(new Map([[file, `${line}\n`]]))).toHaveLength(1)
  })

  const allowed: [string, string][] = [
    ['shared/contract/x.ts', "import { z } from 'zod'\nimport type { A } from '../protocol/check.ts'"],
    ['electron/server/x.ts', "import { a } from 'node:fs'\nimport { b } from '../../shared/protocol/jwt.ts'"],
    ['electron/host/x.ts', "import { createGrantscope } from '../server/index.ts'"],
    ['electron/main/x.ts', "import { app } from 'electron'\nimport { launch } from '../host/launch.ts'"],
    [
      'electron/preload/x.ts',
      "import { ipcRenderer } from 'electron'\nimport { a } from '../../shared/contract/ipc.ts'",
    ],
    ['renderer/main.tsx', "import { a } from './transport/http.ts'\nimport './ui/theme.css'"],
    [
      'renderer/features/a/x.tsx',
      "import { a } from '../../stores/queries.ts'\nimport { b } from '../../ui/copy.tsx'",
    ],
  ]
  test.each(allowed)('what is allowed in %s is not called a violation', (file, text) => {
    expect(wrongImports(new Map([[file, text]]))).toEqual([])
  })

  test('every relative import has its extension and a file behind it', () => {
    const missing = allImports(sources)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter(({ target }) => !/\.\w+$/.test(target) || !existsSync(join(root, target.replace(/\?\w+$/, ''))))
      .map(({ from, line, specifier }) => `${from}:${line} ${specifier}`)
    expect(missing).toEqual([])
  })
})

describe('time and randomness come from the injected Clock and Random alone', () => {
  const core = new Map([...sources].filter(([file]) => /^(shared|electron\/server)\//.test(file)))

  test('nothing in shared/ and electron/server/ asks the machine', () => {
    expect(core.size).toBeGreaterThan(100)
    expect(strayTimeAndChance(core)).toEqual([])
  })

  test.each([
    'const now = Date.now()',
    'const at = new Date()',
    'const at = new Date( )',
    'const text = Date()',
    'const n = Math.random()',
    'const n = performance.now()',
    'const n = process.hrtime.bigint()',
    'const id = crypto.randomUUID()',
    'crypto.getRandomValues(bytes)',
    "import { randomBytes } from 'node:crypto'",
  ])('a planted violation is found: %s', (line) => {
    expect(strayTimeAndChance(new Map([['electron/server/x.ts', line]])).length).toBeGreaterThan(0)
    expect(strayTimeAndChance(new Map([['shared/protocol/x.ts', line]])).length).toBeGreaterThan(0)
  })

  test.each([
    'const text = new Date(time).toISOString()',
    '// not Date.now(), but the clock',
    'const now = clock.now()',
    'const at = toDate(x)',
  ])('what is allowed is not called a violation: %s', (line) => {
    expect(strayTimeAndChance(new Map([['electron/server/x.ts', line]]))).toEqual([])
  })
})

describe('how imports are read', () => {
  test('static, type, multi-line, side-effect, re-exported, dynamic and in a type', () => {
    const source = `
      import a from './a.ts'
      import type { B } from "./b.ts"
      import {
        c,
        type D,
      } from './c.ts'
      import * as e from './e.ts'
      import './f.css'
      export { g } from './g.ts'
      export * from './h.ts'
      export type { I } from './i.ts'
      const j = await import('./j.ts')
      type K = import('./k.ts').K
      const l = require('./l.ts')
      import m, { n } from './m.ts'`
    const names = importsOf('x/y.ts', source).map(({ target }) => target)
    expect(names).toEqual([...'abcefghijklm'].map((name) => `x/${name}.${name === 'f' ? 'css' : 'ts'}`))
  })

  test('but not in comments, nor text that merely looks like one', () => {
    const source = [
      "// import a from './a.ts'",
      "/* import b from './b.ts' */",
      "const url = 'https://x.test' // import('./c.ts')",
      'const important = "./d.ts"',
      'const pattern = /[\'"`/*]/',
      "export const from = './e.ts'",
    ].join('\n')
    expect(importsOf('x.ts', source)).toEqual([])
    expect(withoutComments(source).split('\n')).toHaveLength(6)
  })
})
