import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * Where things are kept that outlive a checkout, such as an assembled Electron runtime.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'grantscope')
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'grantscope', 'Cache')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'grantscope')
  return join(homedir(), '.cache', 'grantscope')
}

/**
 * The JavaScript file behind a package's command, to be run by a Node of our choice: the shell
 * wrappers in node_modules/.bin differ by platform and pick whatever Node is first in the path.
 *
 * @param {string} root
 * @param {string} packageName
 * @param {string} [command] the command's name, when the package has several
 */
export function commandFile(root, packageName, command) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = typeof bin === 'string' ? bin : bin[command ?? Object.keys(bin)[0] ?? '']
  return join(folder, file)
}

/**
 * The pinned Node that the `node` package brings, or undefined while it is not installed.
 *
 * @param {string} root
 * @param {NodeJS.Platform} platform
 */
export function pinnedNode(root, platform = process.platform) {
  const file = join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(file) ? file : undefined
}
