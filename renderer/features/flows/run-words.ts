import type { FlowAttempt, FlowRunSummary, FlowStep } from '../../../shared/contract/operations/flows.ts'
import type { StateName, Tone } from '../../ui/state-badge.tsx'

interface Look {
  state: StateName
  label: string
}

/** How the state of a run is told. */
export const runLooks: Readonly<Record<FlowRunSummary['state'], Look>> = {
  open: { state: 'ready', label: 'Open' },
  waiting: { state: 'waiting', label: 'Waiting' },
  polling: { state: 'waiting', label: 'Polling' },
  done: { state: 'passed', label: 'Done' },
  failed: { state: 'failed', label: 'Failed' },
  cancelled: { state: 'cancelled', label: 'Cancelled' },
}

/** How the state of a step is told. */
export const stepLooks: Readonly<Record<FlowStep['state'], Look>> = {
  blocked: { state: 'blocked', label: 'Not yet' },
  ready: { state: 'ready', label: 'Ready' },
  waiting: { state: 'waiting', label: 'Waiting' },
  pending: { state: 'pending', label: 'Pending' },
  passed: { state: 'passed', label: 'Passed' },
  failed: { state: 'failed', label: 'Failed' },
  cancelled: { state: 'cancelled', label: 'Cancelled' },
}

interface Verdict {
  tone: Tone
  label: string
}

/** How the outcome of an attempt is told. */
export const attemptLooks: Readonly<Record<FlowAttempt['outcome'], Verdict>> = {
  waiting: { tone: 'warn', label: 'Waiting' },
  passed: { tone: 'good', label: 'Passed' },
  pending: { tone: 'warn', label: 'Not approved yet' },
  failed: { tone: 'bad', label: 'Failed' },
  cancelled: { tone: 'muted', label: 'Cancelled' },
}

/** Whether something goes on by itself that can be cancelled. */
export const isUnderWay = ({ state }: Pick<FlowRunSummary, 'state'>): boolean =>
  state === 'waiting' || state === 'polling'

/** Who a run is: its label, and in want of one its kind. */
export const runName = ({ label }: Pick<FlowRunSummary, 'label'>, kindTitle: string): string =>
  label || kindTitle
