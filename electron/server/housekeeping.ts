import type { Core } from './core.ts'
import { pruneAssertions } from './store/assertions.ts'
import { pruneCodes } from './store/codes.ts'
import type { Writer } from './store/database.ts'
import { pruneDeviceCodes } from './store/device-codes.ts'
import { pruneProofs } from './store/dpop-proofs.ts'
import { pruneGrants } from './store/grants.ts'
import { pruneInitialTokens } from './store/initial-tokens.ts'
import { pruneInteractions } from './store/interactions.ts'
import { prunePushedRequests } from './store/pushed-requests.ts'
import { pruneSessions } from './store/sessions.ts'
import { pruneTokens } from './store/tokens.ts'

const EVERY_MS = 5 * 60_000
const KEPT_MS = 30 * 24 * 3_600_000
/** Rows of one table in one transaction: short enough that no request waits for it. */
const BATCH = 1_000

/**
 * Forgets, now and every few minutes, sessions, tokens, codes, assertions and unfinished logins that ended more than 30
 * days ago, and grants they leave empty. Returns how to stop.
 */
export function startHousekeeping(core: Pick<Core, 'database' | 'clock' | 'events' | 'log'>): () => void {
  let next: NodeJS.Immediate | undefined
  const sweep = () => {
    // A clock that was moved ahead for a test must not cost the tokens of today.
    const before = Math.min(core.clock.now(), core.clock.real.now()) - KEPT_MS
    try {
      const { tokens, more } = core.database.write((writer) => pruneBatch(writer, before))
      if (tokens > 0) core.events.publish({ type: 'changed', noun: 'tokens' })
      if (more) next = setImmediate(sweep)
    } catch (error) {
      core.log(`old rows could not be removed: ${error instanceof Error ? error.message : error}`)
    }
  }
  sweep()
  const timer = setInterval(sweep, EVERY_MS).unref()
  return () => {
    clearInterval(timer)
    clearImmediate(next)
  }
}

function pruneBatch(writer: Writer, before: number): { tokens: number; more: boolean } {
  const tokens = pruneTokens(writer, before, BATCH)
  const others = [
    pruneSessions,
    pruneCodes,
    pruneDeviceCodes,
    prunePushedRequests,
    pruneInteractions,
    pruneAssertions,
    pruneInitialTokens,
    pruneGrants,
  ].map((prune) => prune(writer, before, BATCH))
  // Proofs come with every request, and are worth nothing once they have expired.
  others.push(pruneProofs(writer, before + KEPT_MS, BATCH))
  return { tokens, more: Math.max(tokens, ...others) === BATCH }
}
