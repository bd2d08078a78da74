import type { Finding } from '../../contract/operations/findings.ts'
import type { TraceFacts } from './facts.ts'

/** What a rule saw once. */
export type Sighting = Omit<Finding, 'rule' | 'title' | 'spec' | 'severity'> &
  Partial<Pick<Finding, 'severity'>>

/**
 * One rule over a whole trace: what the exchanges show together, and no check of a single request can know. Pure; a trace
 * that keeps the rule gives an empty list.
 */
export interface FindingRule {
  /** Stable: scripts and links name it. */
  readonly id: string
  /** The fault, as a sentence about the client. */
  readonly title: string
  readonly spec: string
  /** Unless a sighting says otherwise. */
  readonly severity: Finding['severity']
  find(facts: TraceFacts): Sighting[]
}
