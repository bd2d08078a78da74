import type { Envelope } from './envelope.ts'
import type { Cursor, SequencedEvent } from './events.ts'

/** What the preload puts on `window.grantscope` in the desktop window, and nothing more. */
export interface Bridge {
  call(operation: string, input: unknown): Promise<Envelope>
  /** Events after `from` (now, when left out). Returns how to stop. */
  subscribe(onEvent: (event: SequencedEvent) => void, from?: Cursor): () => void
}
