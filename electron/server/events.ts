import type { CoreEvent, Cursor, SequencedEvent } from '../../shared/contract/events.ts'
import type { EventStream } from './options.ts'

/** How many events a late subscriber can still be given. */
const KEPT = 5_000

export interface EventHub extends EventStream {
  publish(event: CoreEvent): void
}

/** @param launch tells this launch's events from another's */
export function createEventHub(launch: string): EventHub {
  let kept: SequencedEvent[] = []
  let seq = 0
  const listeners = new Set<(event: SequencedEvent) => void>()

  const missed = (from: Cursor): SequencedEvent[] => {
    const oldest = kept[0]?.seq ?? seq + 1
    const replayable = from.launch === launch && from.seq <= seq && from.seq >= oldest - 1
    return replayable ? kept.filter((event) => event.seq > from.seq) : [{ launch, seq, type: 'resync' }]
  }

  return {
    cursor: () => ({ launch, seq }),
    publish(event) {
      const sequenced = { launch, seq: ++seq, ...event }
      kept.push(sequenced)
      // Cut in large steps, so that a busy log does not copy itself at every event.
      if (kept.length > KEPT * 2) kept = kept.slice(-KEPT)
      for (const listener of listeners) listener(sequenced)
    },
    subscribe(listener, from) {
      if (from) for (const event of missed(from)) listener(event)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
