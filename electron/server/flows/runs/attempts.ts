import type { FlowAttempt, FlowHop, LoginBy } from '../../../../shared/contract/operations/flows.ts'
import type { Reading } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import type { RunRecord, StepRecord } from './record.ts'

/** Attempts of one step that are kept: polling and automatic refresh make many. */
const ATTEMPTS_KEPT = 50

interface Outcome {
  by: FlowAttempt['by']
  login: LoginBy | null
  hops: FlowHop[]
  redirect: string | null
  reading: Omit<Reading, 'outcome'> & { outcome: FlowAttempt['outcome'] }
}

export function addAttempt(core: Core, run: RunRecord, step: StepRecord, outcome: Outcome): void {
  const { reading, ...rest } = outcome
  const attempt: FlowAttempt = {
    ...rest,
    n: ++step.attemptCount,
    at: rest.hops[0]?.at ?? core.clock.real.now(),
    outcome: reading.outcome,
    summary: reading.summary,
    checks: reading.checks,
    kept: Object.keys(reading.kept),
  }
  step.attempts = [...step.attempts, attempt].slice(-ATTEMPTS_KEPT)
  if (attempt.kept.length === 0) return
  step.kept = { values: { ...step.kept?.values, ...reading.kept }, sequence: ++run.sequence }
}

export const lastOutcome = ({ attempts }: StepRecord): FlowAttempt['outcome'] | undefined =>
  attempts.at(-1)?.outcome
