import type { Transport } from '../../shared/contract/client.ts'
import type { ContractErrorBody, Envelope } from '../../shared/contract/envelope.ts'
import type { CoreEvent, SequencedEvent } from '../../shared/contract/events.ts'

type Listener = Parameters<Transport['subscribe']>[0]

/** A core whose answers a test decides, behind a real transport's shape. */
export interface FakeCore extends Transport {
  /** Every call so far. */
  readonly calls: { operation: string; input: unknown }[]
  answer(operation: string, value: unknown): void
  refuse(operation: string, error: ContractErrorBody): void
  /** Calls to the operation reject from now on, as when the core is gone. */
  vanish(operation: string): void
  /** Calls to the operation wait; the function returned lets the oldest one go on. */
  hold(operation: string): () => void
  emit(event: CoreEvent | { type: 'resync' }): void
  state(state: 'open' | 'closed'): void
}

export function createFakeCore(): FakeCore {
  const answers = new Map<string, () => Envelope>()
  const waiting = new Map<string, (() => void)[]>()
  const listeners = new Set<Listener>()
  const calls: FakeCore['calls'] = []
  let seq = 0
  return {
    calls,
    async call(operation, input) {
      calls.push({ operation, input })
      const queue = waiting.get(operation)
      if (queue) await new Promise<void>((resolve) => queue.push(resolve))
      const answer = answers.get(operation)
      if (!answer) throw new Error(`no answer for ${operation}`)
      return answer()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answer: (operation, value) => answers.set(operation, () => ({ ok: true, value })),
    refuse: (operation, error) => answers.set(operation, () => ({ ok: false, error })),
    vanish: (operation) => answers.delete(operation),
    hold(operation) {
      const queue: (() => void)[] = []
      waiting.set(operation, queue)
      return () => queue.shift()?.()
    },
    emit(event) {
      const sequenced: SequencedEvent = { launch: 'test', seq: ++seq, ...event }
      for (const { onEvent } of listeners) onEvent(sequenced)
    },
    state(state) {
      for (const { onState } of listeners) onState?.(state)
    },
  }
}

/** Lets everything that is already resolved run on. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
