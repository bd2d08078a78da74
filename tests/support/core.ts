import type { Clock } from '../../electron/server/clock.ts'
import type { Core } from '../../electron/server/core.ts'
import { createDispatch, type Dispatch } from '../../electron/server/dispatch.ts'
import { openCore } from '../../electron/server/open-core.ts'
import { createHandlers } from '../../electron/server/operations/index.ts'
import type { EventStream, GrantscopeOptions } from '../../electron/server/options.ts'
import { byFetch } from '../../electron/server/provider/fetch.ts'
import { createAnswer } from '../../electron/server/provider/provider.ts'
import { type ContractClient, createClient, type Transport } from '../../shared/contract/client.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'

/** Where the tests' issuer says it listens. */
export const ISSUER = 'http://127.0.0.1:4400'

/** A clock that stands until it is moved. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void
}

export function createTestClock(start = Date.UTC(2030, 0, 1)): TestClock {
  let time = start
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds
    },
  }
}

/** The demo workspace with passwords that hash in a millisecond. */
export const quickDemo: WorkspaceFileInput = { extends: 'demo', settings: { bcryptCost: 4 } }

export const testOptions: GrantscopeOptions = {
  database: ':memory:',
  host: 'embedded',
  version: '0.0.0-test',
  workspace: quickDemo,
}

/** A contract's transport without any transport. */
export const directTransport = (parts: { dispatch: Dispatch; events: EventStream }): Transport => ({
  call: parts.dispatch,
  subscribe({ from, onEvent, onState }) {
    const stop = parts.events.subscribe(onEvent, from)
    onState?.('open')
    return stop
  },
})

export interface TestCore {
  core: Core
  client: ContractClient
  /** What the core told its operator. */
  log: string[]
  close(): void
}

export async function openTestCore(options: Partial<GrantscopeOptions> = {}): Promise<TestCore> {
  const log: string[] = []
  const { core, listening, close } = await openCore({
    ...testOptions,
    log: (line) => log.push(line),
    ...options,
  })
  listening({ issuer: ISSUER, control: null, warnings: [] })
  const dispatch = createDispatch(core, createHandlers(core, byFetch(createAnswer(core))))
  return { core, client: createClient(directTransport({ dispatch, events: core.events })), log, close }
}
