import type { ClockState } from './operations/status.ts'
import type { ExchangeSummary } from './operations/traces.ts'

export type ChangedNoun =
  | 'users'
  | 'clients'
  | 'scopes'
  | 'tokens'
  | 'sessions'
  | 'traces'
  | 'settings'
  | 'keys'
  | 'lab'
  | 'flows'
  | 'issuers'
  | 'faults'
  | 'scenarios'
  | 'host'
  | 'tour'
  | 'workspace'

/** What happened in the core. `changed` says only what to read again; the operations say what it is now. */
export type CoreEvent =
  | { type: 'exchange'; exchange: ExchangeSummary }
  | { type: 'changed'; noun: ChangedNoun }
  | { type: 'clock'; clock: ClockState }

/**
 * An event with its place in the stream. `seq` counts from 1 within one launch of the core; a subscriber that names the
 * last `seq` it saw gets everything after it, or one `resync` when that is no longer held (or was another launch's).
 */
export type SequencedEvent = { launch: string; seq: number } & (CoreEvent | { type: 'resync' })

export interface Cursor {
  launch: string
  seq: number
}
