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
 * A display for tests: the one we have, else a virtual one of our own.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close(): void }>} env: what a child needs to use it
 * @throws {Failure}
 */
export async function displayForTests(progress) {
  if (hasDisplay()) return { env: {}, close() {} }
  await ensureDebianPackages(
    () => findInPath('Xvfb') !== undefined,
    'Xvfb, the virtual display,',
    ['xvfb', 'xauth'],
    progress,
  )
  return startXvfb()
}

/** @returns {Promise<{ env: NodeJS.ProcessEnv, close(): void }>} */
function startXvfb() {
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
      settle({ env: { DISPLAY: `:${String(number).trim()}` }, close })
    })
  })
}
