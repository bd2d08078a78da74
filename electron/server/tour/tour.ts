import type { Tour, TourRun, TourStep } from '../../../shared/contract/operations/tour.ts'
import type { Core } from '../core.ts'
import type { TraceFindings } from '../recorder/findings.ts'
import { findExchange } from '../store/exchanges.ts'
import { readTour, type TourRecord, writeTour } from '../store/settings.ts'
import { findTrace } from '../store/traces.ts'
import { logInOnce } from './login.ts'

/** The app of the tour and its user: those of the demo workspace. */
const CLIENT_ID = 'demo-spa'
const USERNAME = 'alice'
const PASSWORD = 'wonderland'

const steps: readonly TourStep[] = ['login', 'break', 'fix']

/** Nobody needs to listen there: the browser of the tour reads the code from the redirect. */
const redirectUriOf = (core: Core): string => `${core.where()?.sampleApp ?? 'http://127.0.0.1:3000'}/callback`

export function tourState(core: Core): Tour {
  const { runs, skipped } = readTour(core.database.read)
  return {
    clientId: CLIENT_ID,
    username: USERNAME,
    redirectUri: redirectUriOf(core),
    runs: { login: shown(core, runs.login), break: shown(core, runs.break), fix: shown(core, runs.fix) },
    next: steps.find((step) => !isDone(step, runs)) ?? null,
    skipped,
  }
}

/** A login that is to fail is done once it failed. */
function isDone(step: TourStep, runs: TourRecord['runs']): boolean {
  const run = runs[step]
  return run !== undefined && run.succeeded === (step !== 'break')
}

/** Traces are pruned and cleared; what is gone is not linked to. */
function shown(core: Core, run: TourRun | undefined): TourRun | null {
  if (run === undefined) return null
  const { traceId } = run
  const isThere = traceId !== null && findTrace(core.database.read, traceId) !== undefined
  return { ...run, traceId: isThere ? traceId : null }
}

/** Runs a step and remembers what came of it. @throws ContractError `refused` when no login can be made */
export async function runTourStep(
  core: Core,
  findings: TraceFindings,
  { step, redirectUri }: { step: TourStep; redirectUri?: string | undefined },
): Promise<TourRun> {
  const right = redirectUriOf(core)
  const redeemedFor = step === 'break' ? `${right}/` : step === 'fix' ? (redirectUri ?? right) : right
  const { status, error, exchangeId } = await logInOnce(core, {
    clientId: CLIENT_ID,
    username: USERNAME,
    password: PASSWORD,
    redirectUri: right,
    redeemedFor,
  })
  core.recorder.flush()
  const traceId = findExchange(core.database.read, exchangeId)?.traceId ?? null
  const run: TourRun = {
    at: core.clock.now(),
    redirectUri: redeemedFor,
    succeeded: error === null,
    answer: error === null ? String(status) : `${status} ${error}`,
    traceId,
    exchangeId,
    finding: traceId === null || error === null ? null : worstOf(core, findings, { traceId, exchangeId }),
  }
  remember(core, ({ runs, skipped }) => ({ runs: { ...runs, [step]: run }, skipped }))
  return run
}

/** What the rules over the trace say of the token request. */
function worstOf(
  core: Core,
  findings: TraceFindings,
  { traceId, exchangeId }: { traceId: string; exchangeId: number },
): TourRun['finding'] {
  const record = findTrace(core.database.read, traceId)
  const found = record && findings.of(record).findings.find(({ exchanges }) => exchanges.includes(exchangeId))
  if (!found) return null
  const { title, observed, expected, hint, spec } = found
  return { title, observed, expected, hint, spec }
}

export function changeTour(core: Core, { skipped, restart }: { skipped: boolean; restart: boolean }): Tour {
  remember(core, ({ runs }) => ({ runs: restart ? {} : runs, skipped }))
  return tourState(core)
}

function remember(core: Core, next: (before: TourRecord) => TourRecord): void {
  core.database.write((writer) => writeTour(writer, next(readTour(writer))))
  core.events.publish({ type: 'changed', noun: 'tour' })
}
