import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] after which the child is killed
 * @property {boolean} [inherit] the child writes to our own output instead of being captured
 */

/** @typedef {{ code: number, output: string, timedOut: boolean }} RunResult */

/**
 * Runs a command to its end. Never rejects: a command that cannot be started ends with code 127. Who ends us meanwhile ends the
 * command too, and us with it: what it started would go on unseen.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, timeoutMs, inherit = false } = {}) {
  return new Promise((settle) => {
    let output = ''
    let timedOut = false
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', inherit ? 'inherit' : 'pipe', inherit ? 'inherit' : 'pipe'],
    })
    const signals = forwardSignals(child)
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutMs)
    const finish = (/** @type {number} */ code) => {
      if (timer) clearTimeout(timer)
      signals.stop()
      const signal = signals.seen()
      if (signal) process.exit(exitCodeOf(null, signal))
      settle({ code, output, timedOut })
    }
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => {
      output += `${error.message}\n`
      finish(127)
    })
    child.on('close', (code, signal) => finish(exitCodeOf(code, signal)))
  })
}

/**
 * Runs a command in the foreground: it owns standard input and output, and gets our signals.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, interrupted: boolean }>} code: 128 + n when ended by signal n;
 * interrupted: whether the user or the system asked us to stop
 */
export function runForeground(command, args, { cwd, env } = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
    const signals = forwardSignals(child)
    child.on('error', (error) => {
      signals.stop()
      fail(error)
    })
    child.on('exit', (code, signal) => {
      signals.stop()
      settle({ code: exitCodeOf(code, signal), interrupted: signals.seen() !== null })
    })
  })
}

/**
 * A terminal sends Ctrl+C to the whole foreground group, so the child has it already; a second one
 * could be taken as "at once". Windows' kill would end the child without letting it close.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const childHasInterrupt = process.stdin.isTTY || process.platform === 'win32'
  /** @type {NodeJS.Signals[]} */
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP']
  /** @type {NodeJS.Signals | null} */
  let seen = null
  const forward = (/** @type {NodeJS.Signals} */ name) => {
    seen = name
    if (!(name === 'SIGINT' && childHasInterrupt)) child.kill(name)
  }
  for (const name of names) process.on(name, forward)
  return {
    seen: () => seen,
    stop() {
      for (const name of names) process.off(name, forward)
    },
  }
}

/** @type {Record<string, number>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCodeOf(code, signal) {
  return code ?? 128 + (signalNumbers[signal ?? ''] ?? 0)
}

/**
 * How to run the npm that started us, by the Node it runs on itself: the Node first in an npm
 * script's path is the pinned one, which `npm ci` is about to replace.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env = process.env, platform = process.platform) {
  const cli = env.npm_execpath && join(dirname(env.npm_execpath), 'npm-cli.js')
  if (cli && existsSync(cli)) return { command: env.npm_node_execpath ?? process.execPath, args: [cli] }
  if (platform !== 'win32') return { command: 'npm', args: [] }
  // Node refuses to spawn .cmd files directly.
  return { command: env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', 'npm.cmd'] }
}

/**
 * The full path of a program in the search path, or undefined.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
export function findInPath(name, env = process.env) {
  return allInPath(name, env)[0]
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
export function allInPath(name, env = process.env) {
  const file = process.platform === 'win32' && !basename(name).includes('.') ? `${name}.exe` : name
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, file)).filter((path) => existsSync(path))
}
