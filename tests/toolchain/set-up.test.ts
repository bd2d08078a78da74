import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { withLock } from '../../scripts/lib/lock.mjs'
import { progressOn } from '../../scripts/lib/progress.mjs'
import { installArguments, isInstalled, nodeFor } from '../../scripts/lib/setup.mjs'
import { npmCommand, run } from '../../scripts/lib/spawn.mjs'
import { hashOf, isStamped, unlessStamped } from '../../scripts/lib/stamps.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string): string {
  const file = join(folder, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}

describe('the hash of the sources', () => {
  test('changes with a content, a name and a new file, and with nothing else', () => {
    write('src/a.ts', 'one')
    const first = hashOf(folder, ['src', 'absent.json'])
    write('elsewhere.ts', 'x')
    expect(hashOf(folder, ['src', 'absent.json'])).toBe(first)

    write('src/a.ts', 'two')
    const second = hashOf(folder, ['src'])
    write('src/deep/b.ts', '')
    const third = hashOf(folder, ['src'])
    rmSync(join(folder, 'src/deep'), { recursive: true })
    write('src/deep/c.ts', '')
    expect(new Set([first, second, third, hashOf(folder, ['src'])]).size).toBe(4)
  })
})

describe('stamped work', () => {
  test('is done once per value', async () => {
    const stamp = join(folder, 'stamp')
    const work = vi.fn(async () => {})
    expect(await unlessStamped(stamp, 'a', work)).toBe(true)
    expect(await unlessStamped(stamp, 'a', work)).toBe(false)
    expect(await unlessStamped(stamp, 'b', work)).toBe(true)
    expect(work).toHaveBeenCalledTimes(2)
  })

  test('is done again after it failed, even for a value that was once done', async () => {
    const stamp = write('stamp', 'a')
    const failing = unlessStamped(stamp, 'b', () => Promise.reject(new Error('killed')))
    await expect(failing).rejects.toThrow('killed')
    expect(isStamped(stamp, 'a')).toBe(false)
    expect(isStamped(stamp, 'b')).toBe(false)
  })
})

describe('packages count as installed', () => {
  const zod = { version: '4.6.7', integrity: 'sha512-zod' }
  const forAnotherPlatform = { version: '1.0.0', integrity: 'sha512-other', optional: true }

  function installed(locked: object, there: object | null): boolean {
    write('package-lock.json', JSON.stringify({ packages: { '': { name: 'grantscope' }, ...locked } }))
    if (there) write('node_modules/.package-lock.json', JSON.stringify({ packages: there }))
    return isInstalled(folder)
  }

  test('when npm has noted down all that the lock file names, but what is for other platforms', () => {
    const locked = { 'node_modules/zod': zod, 'node_modules/other': forAnotherPlatform }
    expect(installed(locked, { 'node_modules/zod': zod })).toBe(true)
  })

  test.each([
    ['nothing was ever installed, or an install was killed', null],
    ['one is missing', {}],
    ['one has another version', { 'node_modules/zod': { ...zod, version: '4.6.6' } }],
    ['one has another content', { 'node_modules/zod': { ...zod, integrity: 'sha512-else' } }],
  ])('not when %s', (_, there) => {
    expect(installed({ 'node_modules/zod': zod }, there)).toBe(false)
  })
})

describe('the set-up lock', () => {
  const quiet = progressOn({ write: () => true })

  test('lets one in at a time', async () => {
    const lock = join(folder, 'lock')
    const order: string[] = []
    const visit = (name: string) =>
      withLock(lock, quiet, async () => {
        order.push(`${name} in`)
        await new Promise((wake) => setTimeout(wake, 50))
        order.push(`${name} out`)
      })
    await Promise.all([visit('a'), visit('b')])
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out'])
  })

  test('is taken over from a process that is gone', async () => {
    const { output } = await run(process.execPath, ['-p', 'process.pid'])
    const lock = write('lock', output.trim())
    expect(await withLock(lock, quiet, async () => 'in')).toBe('in')
  })

  test('is released when the work fails', async () => {
    const lock = join(folder, 'lock')
    await expect(withLock(lock, quiet, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(lock, quiet, async () => 'in')).toBe('in')
  })
})

describe('the Node to run with', () => {
  test('is the pinned one when it is installed', () => {
    const name = process.platform === 'win32' ? 'node.exe' : 'node'
    const pinned = write(`node_modules/node/bin/${name}`, '')
    expect(nodeFor(folder, { version: '20.20.2', execPath: '/usr/bin/node' })).toBe(pinned)
  })

  test('is our own when that is new enough for the native modules', () => {
    expect(nodeFor(folder, { version: '22.14.0', execPath: '/usr/bin/node' })).toBe('/usr/bin/node')
    expect(() => nodeFor(folder, { version: '22.13.9', execPath: '/usr/bin/node' })).toThrow(/too old/)
    expect(() => nodeFor(folder, { version: '20.20.2', execPath: '/usr/bin/node' })).toThrow(
      /npm rebuild node/,
    )
  })
})

describe('npm', () => {
  test('installs from the lock file, but never deletes the program it runs in on Windows', () => {
    const inside = join(folder, 'node_modules', 'node', 'bin', 'node.exe')
    expect(installArguments(folder, { platform: 'win32', execPath: inside })[0]).toBe('install')
    expect(installArguments(folder, { platform: 'win32', execPath: 'C:\\node.exe' })[0]).toBe('ci')
    expect(installArguments(folder, { platform: 'linux', execPath: inside })[0]).toBe('ci')
  })

  test('is the one that started us, run by its own Node', () => {
    const cli = write('npm/bin/npm-cli.js', '')
    const env = { npm_execpath: cli, npm_node_execpath: '/usr/bin/node' }
    expect(npmCommand(env, 'linux')).toEqual({ command: '/usr/bin/node', args: [cli] })
    const npx = { ...env, npm_execpath: join(folder, 'npm/bin/npx-cli.js') }
    expect(npmCommand(npx, 'linux').args).toEqual([cli])
  })

  test('is looked up in the path when something else started us', () => {
    expect(npmCommand({}, 'linux')).toEqual({ command: 'npm', args: [] })
    expect(npmCommand({ npm_execpath: join(folder, 'yarn.js') }, 'darwin').command).toBe('npm')
    expect(npmCommand({}, 'win32').args.at(-1)).toBe('npm.cmd')
  })
})

describe('running a command', () => {
  test('gives its exit code and all it wrote', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3'
    const { code, output, timedOut } = await run(process.execPath, ['-e', script])
    expect([code, timedOut]).toEqual([3, false])
    expect(output.split('\n').sort()).toEqual(['', 'err', 'out'])
  })

  test('ends one that takes too long', async () => {
    const result = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 200 })
    expect(result.timedOut).toBe(true)
    expect(result.code).not.toBe(0)
  })

  test('reports one that does not exist', async () => {
    expect((await run(join(folder, 'absent'), [])).code).toBe(127)
  })
})
