import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assembledElectron, assembleElectron, bindingFor, canAssemble } from './assembled-electron.mjs'
import { Failure } from './failure.mjs'
import { checkout } from './paths.mjs'
import { run } from './spawn.mjs'

const downloadTimeoutMs = 180_000
const retryDownloadAfterMs = 3_600_000

/**
 * An Electron to run the app with. `env` is what the app needs to be told about it: an assembled
 * runtime cannot load the SQLite that better-sqlite3 carries.
 *
 * @typedef {{ executable: string, env: NodeJS.ProcessEnv }} ElectronRuntime
 */

/**
 * @typedef {object} ElectronNeeds
 * @property {string} node the Node to run installers with
 * @property {import('./progress.mjs').Progress} progress
 * @property {boolean} [mayAssemble] whether a runtime assembled from the npm registry will do
 * @property {boolean} [patient] try a download again even when one failed within the last hour
 */

/**
 * The Electron that the environment names, else electron's own (fetched when it is not there yet),
 * else an assembled one.
 *
 * @param {ElectronNeeds} needs
 * @returns {Promise<ElectronRuntime>}
 * @throws {Failure} that says why there is none
 */
export async function ensureElectron({ node, progress, mayAssemble = false, patient = false }) {
  const there = namedElectron() ?? ownElectron() ?? (mayAssemble ? assembledElectron() : undefined)
  if (there) return runtimeAt(there)
  const refusal = await downloadElectron(node, progress, patient)
  const own = ownElectron()
  if (own) return runtimeAt(own)
  if (mayAssemble && canAssemble()) {
    progress.note(refusal)
    return runtimeAt(await assembleElectron(node, progress))
  }
  throw new Failure(`${refusal}; an Electron executable can be named in GRANTSCOPE_ELECTRON`)
}

/**
 * Like {@link ensureElectron} without fetching or making anything.
 *
 * @returns {ElectronRuntime | undefined}
 */
export function findElectron() {
  const found = namedElectron() ?? ownElectron() ?? assembledElectron()
  return found ? runtimeAt(found) : undefined
}

/** @param {string} executable */
function runtimeAt(executable) {
  const binding = bindingFor(executable)
  return { executable, env: binding ? { GRANTSCOPE_SQLITE_BINDING: binding } : {} }
}

/** @param {NodeJS.ProcessEnv} env */
function namedElectron(env = process.env) {
  const named = env.GRANTSCOPE_ELECTRON
  if (named && !existsSync(named))
    throw new Failure(`GRANTSCOPE_ELECTRON names ${named}, which does not exist.`)
  return named || undefined
}

/**
 * The executable that the electron package has unpacked. It writes path.txt last, so what that
 * names is whole.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function ownElectron(env = process.env) {
  const folder = join(checkout, 'node_modules', 'electron')
  const named = readIfThere(join(folder, 'path.txt'))
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!named && !override) return undefined
  const executable = join(override ?? join(folder, 'dist'), named ?? 'electron')
  return existsSync(executable) ? executable : undefined
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/**
 * @param {string} node
 * @param {import('./progress.mjs').Progress} progress
 * @param {boolean} patient
 * @returns {Promise<string>} why there is no Electron, if there is none
 */
async function downloadElectron(node, progress, patient) {
  const folder = join(checkout, 'node_modules', 'electron')
  const failedFile = join(folder, '.download-failed')
  if (!patient && ageOf(failedFile) < retryDownloadAfterMs) {
    return 'Electron could not be downloaded a short while ago ("npm run desktop" tries again at once)'
  }
  progress.note('Downloading Electron ...')
  const result = await run(node, [join(folder, 'install.js')], { cwd: folder, timeoutMs: downloadTimeoutMs })
  if (result.code === 0) rmSync(failedFile, { force: true })
  else writeFileSync(failedFile, result.output)
  const reason = result.timedOut ? `not there after ${downloadTimeoutMs / 1000} s` : firstError(result.output)
  return `Electron could not be downloaded (${reason})`
}

/** @param {string} file */
function ageOf(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? Date.now() - found.mtimeMs : Number.POSITIVE_INFINITY
}

/** @param {string} output */
function firstError(output) {
  return (
    output
      .split('\n')
      .find((line) => /error|failed/i.test(line))
      ?.trim() ?? 'no reason given'
  )
}

/**
 * The arguments that open a checkout's window.
 *
 * @param {string} root
 * @param {string[]} flags
 */
export function electronArguments(root, flags = []) {
  return runsAsRoot() ? ['--no-sandbox', root, ...flags] : [root, ...flags]
}

/** Chromium's sandbox refuses to run for root. */
export function runsAsRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0
}
