import { Failure } from './failure.mjs'
import { findInPath, run } from './spawn.mjs'

/** Whether packages can be installed without asking anyone: Debian or one of its kin, as root. */
export function canInstallPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && findInPath('apt-get') !== undefined
}

/**
 * @param {string[]} packages
 * @param {import('./progress.mjs').Progress} progress
 * @throws {Failure}
 */
export async function installDebianPackages(packages, progress) {
  await progress.step(`Installing Debian packages: ${packages.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    // An outdated list is a reason for a failed install; a failed update alone is not.
    await run('apt-get', ['update', '-q'], { env })
    const result = await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], {
      env,
    })
    if (result.code === 0) return
    const detail = result.output.split('\n').slice(-15).join('\n')
    throw new Failure(`apt-get could not install ${packages.join(' ')}.`, { detail })
  })
}

/**
 * Makes sure that something from Debian packages is there: installs them when it is missing and
 * that is possible, else says which they are.
 *
 * @param {() => boolean | Promise<boolean>} isThere
 * @param {string} what for the message: what is missing
 * @param {string[]} packages
 * @param {import('./progress.mjs').Progress} progress
 * @throws {Failure}
 */
export async function ensureDebianPackages(isThere, what, packages, progress) {
  if (await isThere()) return
  if (canInstallPackages()) await installDebianPackages(packages, progress)
  if (await isThere()) return
  throw new Failure(`${what} is missing. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`)
}
