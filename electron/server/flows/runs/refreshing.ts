import type { FlowAttempt } from '../../../../shared/contract/operations/flows.ts'
import type { Core } from '../../core.ts'
import { appendKind } from './begin.ts'
import { type RunRecord, valuesOf } from './record.ts'
import { clockOf, millisecondsOf } from './target.ts'

// When a token is refreshed by itself. Never in a storm: not twice within ten seconds, whatever the clocks say; not at all after a
// refusal, which a second try would not change (and which may revoke the family, RFC 9700 4.14.2).

const LEAST_GAP_MS = 10_000
const MARGIN_MS = 30_000
const RETRY_MS = 30_000
const MOST_FAILURES = 5

const valueOfRun = (run: RunRecord, name: string): string | undefined => valuesOf(run).get(name)?.value

/** When the access token of a run is to be refreshed, on the clock of the run; null when nothing says when it ends. */
export function refreshAt(core: Core, run: RunRecord): number | null {
  const expiresAt = Number(valueOfRun(run, 'expires_at'))
  if (!expiresAt) return null
  const now = millisecondsOf(core, clockOf(run.profile))
  const lifetime = Number(valueOfRun(run, 'expires_in') ?? 0) * 1000
  const margin = Math.min(MARGIN_MS, lifetime / 5)
  return Math.max(expiresAt * 1000 - margin, now + LEAST_GAP_MS)
}

/** Switches it on, with the step it takes. Off again with a reason when there is nothing to refresh. */
export async function switchOn(core: Core, run: RunRecord, confirmed: boolean): Promise<void> {
  const problem = problemOf(core, run)
  run.refresh = { on: problem === null, stopped: problem, confirmed, failures: 0, at: refreshAt(core, run) }
  if (problem === null && !run.steps.some(({ id }) => id === 'refresh'))
    await appendKind(core, run, 'refresh', {})
}

function problemOf(core: Core, run: RunRecord): string | null {
  if (valueOfRun(run, 'refresh_token') === undefined) return 'The run has no refresh token.'
  return refreshAt(core, run) === null ? 'Nothing says when the access token expires.' : null
}

/** Switches it off for a request that could not even be made. */
export function refused(run: RunRecord, reason: string): void {
  run.refresh = { ...run.refresh, on: false, at: null, stopped: reason }
}

/** What comes next after a refresh. */
export function afterRefresh(core: Core, run: RunRecord, { outcome, hops, summary }: FlowAttempt): void {
  const { refresh } = run
  const status = hops.at(-1)?.response?.status ?? null
  if (outcome === 'passed') {
    run.refresh = { ...refresh, failures: 0, at: refreshAt(core, run) }
  } else if ((status === null || status >= 500) && refresh.failures + 1 < MOST_FAILURES) {
    const at = millisecondsOf(core, clockOf(run.profile)) + RETRY_MS
    run.refresh = { ...refresh, failures: refresh.failures + 1, at }
  } else refused(run, summary)
}
