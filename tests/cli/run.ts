import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { main } from '../../electron/cli/program.ts'

/** Out of the build, where `npm test` has just made it: that starts in half the time. From source for who runs a file by hand. */
const cli = join(
  import.meta.dirname,
  '../..',
  process.env.GRANTSCOPE_TEST_BUILT ? 'out/main/cli.js' : 'electron/cli/index.ts',
)

export interface Home {
  folder: string
  env: Record<string, string>
  remove(): Promise<void>
}

/** A home folder of its own, so that no Grantscope of this machine's user is found or touched. */
export async function temporaryHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'grantscope-cli-'))
  const env = {
    ...process.env,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    APPDATA: folder,
    // Dozens of short processes load the same files.
    NODE_COMPILE_CACHE: join(tmpdir(), 'grantscope-test-compile-cache'),
  }
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && !name.startsWith('GRANTSCOPE_'),
  )
  return {
    folder,
    env: Object.fromEntries(kept) as Record<string, string>,
    remove: () => rm(folder, { recursive: true }),
  }
}

/** Makes this process live in a home, too, for what `grantscopeHere` runs. Each test file in this folder has its own process. */
export function moveInto({ folder, env }: Home): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('GRANTSCOPE_')) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(folder)
}

/** Runs the CLI in this process: for the many cases of which one need not pay for a process each. */
export async function grantscopeHere(
  args: readonly string[],
  { stdin = '', now = Date.now() }: { stdin?: string; now?: number } = {},
): Promise<Finished> {
  const out: string[] = []
  const err: string[] = []
  const code = await main(args, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: async () => stdin,
    env: process.env,
    now: () => now,
  })
  return { code, out: out.join(''), err: err.join('') }
}

export interface Finished {
  code: number | null
  out: string
  err: string
}

/** Runs the CLI in a process of its own, as a user would, until it ends. */
export async function grantscope(
  home: Home,
  args: readonly string[],
  { hangUp = false }: { hangUp?: boolean } = {},
): Promise<Finished> {
  const child = start(home, args)
  child.stdin.end()
  const exit = once(child, 'exit')
  if (hangUp) child.stdout.destroy()
  const [out, err] = await Promise.all([hangUp ? [] : child.stdout.toArray(), child.stderr.toArray()])
  return { code: (await exit)[0], out: out.join(''), err: err.join('') }
}

export interface Serving {
  process: ReturnType<typeof start>
  /** The first line on stdout. */
  first: string
  /** Everything on stdout and stderr so far. */
  out(): string
  err(): string
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `serve` and waits for its first line on stdout. @throws with its stderr when it ends before that */
export async function startServe(home: Home, args: readonly string[]): Promise<Serving> {
  const child = start(home, ['serve', ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const lines = createInterface(child.stdout)
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(([code]) => {
      throw new Error(`serve ended with ${code}: ${err}`)
    }),
  ])
  return {
    process: child,
    first,
    out: () => out,
    err: () => err,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null) return child.exitCode
      const exit = once(child, 'exit')
      child.kill(signal)
      return (await exit)[0]
    },
  }
}

function start({ env, folder }: Home, args: readonly string[]) {
  const child = spawn(process.execPath, [cli, ...args], { env, cwd: folder, stdio: 'pipe' })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}
