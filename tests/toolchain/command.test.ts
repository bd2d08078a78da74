import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const checkout = join(import.meta.dirname, '../..')
const { refusal } = createRequire(import.meta.url)('../../bin/node-version.js') as {
  refusal: (version: string) => string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-command-'))
  cpSync(join(checkout, 'bin'), join(folder, 'bin'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

function runCommand(nodeFlags: string[], script = join(folder, 'bin', 'grantscope'), args: string[] = []) {
  return spawnSync(process.execPath, [...nodeFlags, script, ...args], { encoding: 'utf8' })
}

/** Node flags that make a script believe it runs on another version. */
function pretendNode(version: string): string[] {
  const preload = join(folder, 'pretend.cjs')
  const versions = `{ ...process.versions, node: '${version}' }`
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
  return ['--require', preload]
}

function pretendBuilt(cli: string): void {
  mkdirSync(join(folder, 'out', 'main'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'out', 'main', 'cli.js'), cli)
}

describe('the grantscope command', () => {
  test.each(['8.17.0', '20.20.2', '22.13.1'])('refuses Node %s with exit code 2 and one line', (version) => {
    pretendBuilt('process.abort()')
    const { status, stdout, stderr } = runCommand(pretendNode(version))
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toBe(
      `grantscope needs Node 22.14 or newer; this is Node ${version} (see https://nodejs.org)\n`,
    )
  })

  test.each(['22.14.0', '22.20.0', '24.0.0', '100.1.0'])('accepts Node %s', (version) => {
    expect(refusal(version)).toBe('')
  })

  test('says how to build a checkout that is not built', () => {
    const { status, stderr } = runCommand([])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^grantscope is not built yet: .*npm run build.*\n$/)
  })

  test('hands its arguments to the built CLI, also through a symbolic link', () => {
    pretendBuilt('console.log(process.argv.slice(2).join()); process.exitCode = 7')
    const link = join(folder, 'linked')
    symlinkSync(join(folder, 'bin', 'grantscope'), link)
    const { status, stdout } = runCommand([], link, ['decode', '--json'])
    expect([status, stdout]).toEqual([7, 'decode,--json\n'])
  })
})

describe('the npm scripts', () => {
  test.each(['start', 'serve', 'test'])('%s.mjs refuses Node 18 with exit code 2 and one line', (name) => {
    const { status, stdout, stderr } = runCommand(
      pretendNode('18.20.4'),
      join(checkout, 'scripts', `${name}.mjs`),
    )
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Grantscope needs Node 20 or newer; this is Node 18\.20\.4\..*\n$/)
  })

  test.each(['--only=units', '--quick'])('test.mjs refuses %s before it sets anything up', (flag) => {
    const { status, stderr } = runCommand([], join(checkout, 'scripts', 'test.mjs'), [flag])
    expect(status).toBe(2)
    expect(stderr).toContain('lint,types,unit,browser,electron')
  })
})
