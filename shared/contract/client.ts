import type { ContractErrorBody, Envelope } from './envelope.ts'
import { ContractError } from './envelope.ts'
import type { Cursor, SequencedEvent } from './events.ts'
import type { InputOf, OperationName, OutputOf } from './operations/index.ts'

/** Carries calls and events to a core: over Electron's IPC, over HTTP + SSE, or directly. */
export interface Transport {
  /** Never rejects for a refusal: that is an envelope with `ok: false`. Rejects only when the core is out of reach. */
  call(operation: string, input: unknown): Promise<Envelope>
  /** Events after `from`; calls `onState` whenever the connection comes or goes. Returns how to stop. */
  subscribe(listener: {
    from?: Cursor
    onEvent(event: SequencedEvent): void
    onState?(state: 'open' | 'closed'): void
  }): () => void
}

/** The contract as functions: typed by the operation table, failing with ContractError. */
export interface ContractClient {
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  subscribe: Transport['subscribe']
}

export function createClient(transport: Transport): ContractClient {
  return {
    async call(name, input) {
      let envelope: Envelope
      try {
        envelope = await transport.call(name, input)
      } catch {
        throw new ContractError('unreachable', 'Grantscope does not answer. It may have been stopped.')
      }
      if (!envelope.ok) throw fromBody(envelope.error)
      // The core parses what it sends by the same table, so the shape is known here.
      return envelope.value as never
    },
    subscribe: (listener) => transport.subscribe(listener),
  }
}

const fromBody = ({ code, message, issues }: ContractErrorBody) => new ContractError(code, message, issues)
