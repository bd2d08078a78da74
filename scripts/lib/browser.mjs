import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { canInstallPackages, installDebianPackages } from './debian.mjs'
import { Failure } from './failure.mjs'
import { checkout } from './paths.mjs'
import { findInPath } from './spawn.mjs'

/**
 * @typedef {object} BrowserSearch
 * @property {NodeJS.ProcessEnv} [env]
 * @property {NodeJS.Platform} [platform]
 * @property {(path: string) => boolean} [exists]
 * @property {() => string | undefined} [playwrightOwn]
 */

/** Chromium without a window, as Debian packages it: the same pages for half the work. */
const headlessShell = 'chromium-headless-shell'

/**
 * A Chromium for the browser tests: what the environment names, else an installed one (the headless
 * shell, Chrome, Chromium or Edge, in this order), else Playwright's own.
 *
 * @param {BrowserSearch} [search]
 * @returns {string | undefined}
 * @throws {Failure} when the environment names a file that is not there
 */
export function findBrowser({
  env = process.env,
  platform = process.platform,
  exists = existsSync,
  playwrightOwn = playwrightBrowser,
} = {}) {
  for (const name of ['GRANTSCOPE_BROWSER', 'CHROME_PATH']) {
    const named = env[name]
    if (named && !exists(named)) throw new Failure(`${name} names ${named}, which does not exist.`)
    if (named) return named
  }
  const own = playwrightOwn()
  return (
    installedBrowsers(platform, env).find((path) => exists(path)) ?? (own && exists(own) ? own : undefined)
  )
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function installedBrowsers(platform, env) {
  if (platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((root) => root ?? [])
    const files = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ]
    return files.flatMap((file) => roots.map((root) => `${root}\\${file}`))
  }
  const names = [
    headlessShell,
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
  ]
  const found = names.flatMap((name) => findInPath(name, env) ?? [])
  return [...found, '/opt/google/chrome/chrome', '/usr/lib/chromium/chromium']
}

/** Where Playwright keeps its own Chromium, installed or not. */
function playwrightBrowser() {
  try {
    return createRequire(join(checkout, 'package.json'))('playwright-core').chromium.executablePath()
  } catch {
    return undefined
  }
}

/**
 * Like {@link findBrowser}, and installs Debian's headless shell where that is possible, or its
 * chromium where there is no such package.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>}
 * @throws {Failure}
 */
export async function ensureBrowser(progress) {
  const found = findBrowser()
  if (found) return found
  if (canInstallPackages()) {
    await installDebianPackages([headlessShell], progress).catch(() =>
      installDebianPackages(['chromium'], progress),
    )
    const installed = findBrowser()
    if (installed) return installed
  }
  throw new Failure(
    'No Chrome or Chromium was found. Install one, or run "npx playwright install chromium", or name one in GRANTSCOPE_BROWSER.',
  )
}
