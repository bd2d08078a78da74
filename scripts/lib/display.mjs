import { spawn } from 'node:child_process'
import { ensureDebianPackages } from './debian.mjs'
import { Failure } from './failure.mjs'
import { findInPath } from './spawn.mjs'

/**
 * Whether a window can be shown to somebody.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Makes sure that {@link virtualDisplay} has what it needs.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @throws {Failure}
 */
export function ensureVirtualDisplay(progress) {
  const isThere = () => findInPath('Xvfb') !== undefined
  return ensureDebianPackages(isThere, 'Xvfb, the virtual display,', ['xvfb', 'xauth'], progress)
}

/**
 * A display that nobody sees, of whom asks for it alone.
 *
 * @returns {Promise<{ name: string, close(): void }>} name: what DISPLAY has to say
 * @throws {Failure}
 */
export function virtualDisplay() {
  return new Promise((settle, fail) => {
    // -displayfd picks a free display and writes its number once it takes clients.
    const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp']
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const close = () => void server.kill()
    process.once('exit', close)
    const ended = () => fail(new Failure('Xvfb ended before it was ready.'))
    server.once('error', ended)
    server.once('exit', ended)
    server.stdio[3]?.once('data', (number) => {
      server.off('exit', ended)
      settle({ name: `:${String(number).trim()}`, close })
    })
  })
}
