import assert from 'node:assert/strict'
import { type ContractClient, createClient, type Transport } from '../../shared/contract/client.ts'
import { ContractError, type ContractErrorCode } from '../../shared/contract/envelope.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'

/** What the suite is run on: a core behind some transport. */
export interface Subject {
  transport: Transport
  /** Sends a request to the issuer itself; `path` begins with a slash. */
  send(path: string, init?: RequestInit): Promise<Response>
}

/** What a case works with. */
export interface Bench extends Subject {
  client: ContractClient
}

/** One rule of the contract. Plain enough for any runner: it rejects when the rule does not hold. */
export interface ContractCase {
  name: string
  run(subject: Subject): Promise<void>
}

/** The demo workspace, with passwords that hash in a millisecond. */
const startingPoint: WorkspaceFileInput = { extends: 'demo', settings: { bcryptCost: 4 } }

/** A case that starts from the demo workspace, a running clock and an empty log. */
export const rule = (name: string, run: (bench: Bench) => Promise<void>): ContractCase => ({
  name,
  async run(subject) {
    const client = createClient(subject.transport)
    await client.call('clock.set', { offsetMs: 0, frozen: false })
    await client.call('workspace.import', { file: startingPoint })
    await client.call('traces.clear', {})
    await run({ ...subject, client })
  },
})

/** The refusal that `work` must end with. */
export async function refusal(work: Promise<unknown>, code: ContractErrorCode): Promise<ContractError> {
  const outcome = await work.then(
    () => 'it was carried out',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof ContractError, `expected a refusal, but ${outcome}`)
  assert.equal(outcome.code, code, outcome.message)
  return outcome
}

/** The dotted paths of what an `invalid_input` refusal finds wrong. */
export async function wrongPaths(work: Promise<unknown>): Promise<string[]> {
  const { issues } = await refusal(work, 'invalid_input')
  return (issues ?? []).map(({ path }) => path)
}

/** Waits until `probe` gives something: events arrive in their own time on most transports. */
export async function eventually<T>(what: string, probe: () => T | undefined): Promise<T> {
  const deadline = Date.now() + 5_000
  for (;;) {
    const found = probe()
    if (found !== undefined) return found
    if (Date.now() > deadline) assert.fail(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export interface Listening {
  seen: SequencedEvent[]
  stop(): void
}

/** Subscribes, and resolves once the stream is open. */
export async function listen(
  { transport }: Subject,
  from?: { launch: string; seq: number },
): Promise<Listening> {
  const seen: SequencedEvent[] = []
  let open: true | undefined
  const stop = transport.subscribe({
    ...(from ? { from } : {}),
    onEvent: (event) => seen.push(event),
    onState: (state) => {
      if (state === 'open') open = true
    },
  })
  await eventually('the event stream', () => open)
  return { seen, stop }
}
