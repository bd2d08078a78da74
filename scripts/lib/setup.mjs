import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { checkout, commandFile, pinnedNode } from './paths.mjs'
import { npmCommand, run } from './spawn.mjs'
import { hashOf, unlessStamped } from './stamps.mjs'

const buildInputs = [
  'shared',
  'electron',
  'renderer',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
]
const lockFile = 'package-lock.json'
const networkErrors =
  /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|SOCKETTIMEDOUT|NETUNREACH|HOSTUNREACH)/

/**
 * Brings a checkout to where it can run: packages as the lock file says, sources built. Takes well
 * under a second when nothing changed.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} [root]
 * @returns {Promise<{ node: string }>} the Node to run everything with
 * @throws {Failure}
 */
export async function setUp(progress, root = checkout) {
  return withLock(join(root, '.setup.lock'), progress, async () => {
    await installPackages(progress, root)
    const node = nodeFor(root)
    await build(progress, root, node)
    return { node }
  })
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} root
 */
async function installPackages(progress, root) {
  if (isInstalled(root)) return
  await progress.step('Installing packages (a few minutes the first time)', async () => {
    const npm = npmCommand()
    const install = installArguments(root)
    const result = await run(npm.command, [...npm.args, ...install], { cwd: root })
    if (result.code !== 0) throw installFailure(result.output, install)
  })
}

/**
 * Whether node_modules holds what the lock file names, whoever installed it. npm notes down what it
 * has installed as its last act, so an install that was killed does not count. Packages for other
 * platforms are optional and absent.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const locked = lockedPackages(join(root, lockFile))
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  if (!locked || !installed) return false
  return Object.entries(locked).every(([path, { version, integrity, optional, devOptional }]) => {
    const there = installed[path]
    if (!there) return path === '' || optional === true || devOptional === true
    return there.version === version && there.integrity === integrity
  })
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> | undefined}
 */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

/**
 * Windows cannot delete a program that runs, and from the second time on npm runs this script with
 * the Node inside node_modules: there the installed packages are brought up to date in place.
 *
 * @param {string} root
 * @param {{ platform?: NodeJS.Platform, execPath?: string }} [host]
 */
export function installArguments(root, { platform = process.platform, execPath = process.execPath } = {}) {
  const runsFromInside = execPath.startsWith(join(root, 'node_modules') + sep)
  const how = platform === 'win32' && runsFromInside ? ['install', '--no-save'] : ['ci']
  // EBADENGINE warnings about the Node that runs npm say nothing about the pinned Node that runs us.
  return [...how, '--loglevel=error', '--no-audit', '--no-fund']
}

/**
 * npm opens with what went wrong and follows up with its manual.
 *
 * @param {string} output
 * @param {string[]} args
 */
function installFailure(output, args) {
  const network = networkErrors.exec(output)
  if (network) {
    return new Failure(
      `The npm registry could not be reached (${network[0]}): check the network or proxy (npm config get registry), then run the same command again.`,
    )
  }
  const detail = output.trim().split('\n').slice(0, 20).join('\n')
  return new Failure(`"npm ${args[0]}" failed; the reason is above.`, { detail })
}

/**
 * The pinned Node; where its package has no binary for this machine, our own when it is new enough
 * for the native modules.
 *
 * @param {string} root
 * @param {{ version?: string, execPath?: string }} [own]
 * @throws {Failure}
 */
export function nodeFor(root, { version = process.versions.node, execPath = process.execPath } = {}) {
  const pinned = pinnedNode(root)
  if (pinned) return pinned
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 14)) return execPath
  throw new Failure(
    `The pinned Node was not installed (is ignore-scripts set? try "npm rebuild node"), and Node ${version} is too old to stand in: 22.14 or newer is needed.`,
  )
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} root
 * @param {string} node
 */
async function build(progress, root, node) {
  const value = hashOf(root, [...buildInputs, lockFile])
  await unlessStamped(join(root, 'out', '.built'), value, () =>
    progress.step('Building', async () => {
      const electronVite = commandFile(root, 'electron-vite')
      const result = await run(node, [electronVite, 'build'], { cwd: root })
      if (result.code !== 0)
        throw new Failure('The build failed; the reason is above.', { detail: lastLines(result.output) })
      if (!existsSync(join(root, 'out', 'main', 'cli.js')))
        throw new Failure('The build left no out/main/cli.js.')
    }),
  )
}

/** @param {string} output */
function lastLines(output, count = 40) {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}
