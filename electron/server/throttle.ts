import type { TriesFacts } from '../../shared/protocol/checks/throttle/index.ts'
import type { Clock } from './clock.ts'

/** A client that is set up wrong shows its own error this often before it is shown that of the throttle. */
const LIMIT = 20
const WINDOW_MS = 60_000
/** Whoever was wrong longest ago is forgotten first, so that a flood of names fills no memory. */
const REMEMBERED = 10_000

/**
 * Counts wrong secrets and passwords by whose they are (RFC 6749 2.3.1, 10.10). In memory: a restart forgets them, which helps
 * nobody who guesses from outside.
 */
export interface Throttle {
  /** Null for whoever was not wrong in the last minute. */
  tries(whose: string): TriesFacts | null
  noteWrong(whose: string): void
}

export function createThrottle(clock: Clock): Throttle {
  const wrongSince = new Map<string, { wrong: number; since: number }>()
  const current = (whose: string) => {
    const entry = wrongSince.get(whose)
    if (entry === undefined) return undefined
    const age = clock.now() - entry.since
    // A clock that was moved back would keep somebody out for as long.
    return age >= 0 && age < WINDOW_MS ? entry : undefined
  }
  return {
    tries(whose) {
      const entry = current(whose)
      return entry
        ? { wrong: entry.wrong, limit: LIMIT, until: entry.since + WINDOW_MS, now: clock.now() }
        : null
    },
    noteWrong(whose) {
      const entry = current(whose)
      if (entry) {
        entry.wrong += 1
        return
      }
      wrongSince.delete(whose)
      wrongSince.set(whose, { wrong: 1, since: clock.now() })
      if (wrongSince.size > REMEMBERED) wrongSince.delete(wrongSince.keys().next().value!)
    },
  }
}
