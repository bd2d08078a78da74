import type http from 'node:http'
import { LONGEST_HANG_MS } from '../../shared/contract/faults/actions/hang.ts'

/** Connections that are kept open without an answer. */
export interface Held {
  /** Until the client gives up, the time is over, or all are let go. */
  hold(outgoing: http.ServerResponse): void
  letGo(): void
}

export function createHeld(): Held {
  const held = new Set<http.ServerResponse>()
  return {
    hold(outgoing) {
      // Its client left while the work was done, and it says so no second time.
      if (outgoing.destroyed) return
      const timer = setTimeout(() => outgoing.destroy(), LONGEST_HANG_MS).unref()
      held.add(outgoing)
      outgoing.once('close', () => {
        clearTimeout(timer)
        held.delete(outgoing)
      })
    },
    letGo() {
      for (const outgoing of held) outgoing.destroy()
    },
  }
}
