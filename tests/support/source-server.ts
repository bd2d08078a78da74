import { onTestFinished } from 'vitest'
import type { Envelope } from '../../shared/contract/envelope.ts'
import { type Home, startServe, temporaryHome } from '../cli/run.ts'
import type { ReadyLine } from './served.ts'

export interface SourceServer extends ReadyLine {
  /** Ends the process without a chance to write anything, and waits until it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** Carries out an operation over the control API; throws when it is refused. */
  call<T>(operation: string, input: unknown): Promise<T>
}

/** The real `serve`, in a process and a home of its own. */
export async function serveFromSource(home: Home, flags: readonly string[]): Promise<SourceServer> {
  const args = ['--port', '0', '--control-port', '0', '--no-ui', '--json', ...flags]
  const serving = await startServe(home, args)
  const ready: ReadyLine = JSON.parse(serving.first)
  return {
    ...ready,
    kill: async () => void (await serving.stop('SIGKILL')),
    stop: async () => void (await serving.stop()),
    async call(operation, input) {
      const response = await fetch(`${ready.control}/api/call/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${ready.token}` },
        body: JSON.stringify(input),
      })
      const envelope = (await response.json()) as Envelope<never>
      if (!envelope.ok) throw new Error(`${operation}: ${JSON.stringify(envelope)}`)
      return envelope.value
    },
  }
}

/** A home that is removed when the test ends. */
export async function homeForTest(): Promise<Home> {
  const home = await temporaryHome()
  onTestFinished(() => home.remove())
  return home
}
