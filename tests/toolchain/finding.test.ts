import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBrowser } from '../../scripts/lib/browser.mjs'
import { hasDisplay } from '../../scripts/lib/display.mjs'
import { cacheFolder } from '../../scripts/lib/paths.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-finding-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function program(name: string): string {
  const file = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
  writeFileSync(file, '')
  chmodSync(file, 0o755)
  return file
}

describe('the browser for tests', () => {
  const everything = { exists: () => true, playwrightOwn: () => '/playwright/chrome' }

  test('is the one the environment names, GRANTSCOPE_BROWSER before CHROME_PATH', () => {
    const env = { GRANTSCOPE_BROWSER: '/a', CHROME_PATH: '/b' }
    expect(findBrowser({ env, ...everything })).toBe('/a')
    expect(findBrowser({ env: { CHROME_PATH: '/b' }, ...everything })).toBe('/b')
  })

  test('is never another one when the named one is not there', () => {
    const env = { GRANTSCOPE_BROWSER: join(folder, 'absent') }
    expect(() => findBrowser({ env })).toThrow(/GRANTSCOPE_BROWSER names .*absent/)
  })

  test('is an installed one, Chrome before Chromium, and the headless shell before both', () => {
    const chromium = program('chromium')
    const env = { PATH: folder }
    expect(findBrowser({ env, platform: 'linux', ...everything })).toBe(chromium)
    const chrome = program('google-chrome')
    expect(findBrowser({ env, platform: 'linux', ...everything })).toBe(chrome)
    const shell = program('chromium-headless-shell')
    expect(findBrowser({ env, platform: 'linux', ...everything })).toBe(shell)
  })

  test('is found where macOS and Windows keep it', () => {
    expect(findBrowser({ env: {}, platform: 'darwin', ...everything })).toContain('/Google Chrome.app/')
    const env = { PROGRAMFILES: 'C:\\Program Files' }
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
    expect(findBrowser({ env, platform: 'win32', ...everything })).toBe(chrome)
  })

  test("is Playwright's own last, and only when it was downloaded", () => {
    const own = '/playwright/chrome'
    const search = { env: { PATH: folder }, platform: 'linux' as const, playwrightOwn: () => own }
    expect(findBrowser({ ...search, exists: (path: string) => path === own })).toBe(own)
    expect(findBrowser({ ...search, exists: () => false })).toBeUndefined()
  })
})

test('a window can be shown on macOS and Windows, and on Linux where a display is named', () => {
  expect(hasDisplay({}, 'darwin')).toBe(true)
  expect(hasDisplay({}, 'win32')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false)
})

test('the cache follows XDG_CACHE_HOME', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: folder }, 'linux')).toBe(join(folder, 'grantscope'))
  expect(cacheFolder({}, 'linux')).toMatch(/\.cache[\\/]grantscope$/)
})
