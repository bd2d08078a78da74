import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Usage } from './report-usage.ts'

/** A server under measurement, in a process of its own, so that its CPU time is nobody else's. */
export interface ServerProcess {
  /** What it printed once it was ready. */
  firstLine: string
  usage(): Promise<Usage>
  /** Resolves once it is gone. */
  stop(): Promise<void>
}

const reporter = fileURLToPath(new URL('report-usage.ts', import.meta.url))

/** Runs a script until it prints a line. */
export async function startProcess(...args: string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', reporter, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return {
    firstLine: await firstLine(child),
    async usage() {
      child.send('usage')
      const [usage] = await once(child, 'message')
      return usage as Usage
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

async function firstLine({ spawnargs, stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) return line
  throw new Error(`${spawnargs.join(' ')} ended without a word`)
}
