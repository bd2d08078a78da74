import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { temporaryFolder } from './temporary-folder.ts'

/** What `serve --json` prints first once it answers. */
export interface ReadyLine {
  ready: true
  issuer: string
  control: string
  token: string
}

export interface Served extends ReadyLine {
  close(): Promise<void>
}

const cli = join(import.meta.dirname, '../../out/main/cli.js')

/**
 * Starts the built server on free ports with a database in memory.
 * @throws when it ends before it is ready, with what it said on standard error
 */
export async function serveForTest(flags: readonly string[] = []): Promise<Served> {
  const data = await temporaryFolder()
  const args = [cli, 'serve', '--port', '0', '--control-port', '0', '--db', ':memory:', '--json', ...flags]
  const server = spawn(process.execPath, args, {
    // Where the running server is noted down, per platform.
    env: { ...process.env, XDG_DATA_HOME: data.path, APPDATA: data.path, GRANTSCOPE_USER_DATA: data.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const close = async (): Promise<void> => {
    await ended(server)
    await data.remove()
  }
  try {
    return { ...(await readyLine(server)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function readyLine(server: ReturnType<typeof spawn>): Promise<ReadyLine> {
  let words = ''
  server.stderr?.on('data', (chunk) => {
    words += chunk
  })
  if (!server.stdout) throw new Error('the server has no standard output')
  for await (const line of createInterface(server.stdout)) return JSON.parse(line)
  throw new Error(`serve ended before it was ready:\n${words}`)
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exit = once(server, 'exit')
  server.kill('SIGTERM')
  const tooSlow = setTimeout(() => server.kill('SIGKILL'), 5_000)
  await exit
  clearTimeout(tooSlow)
}
