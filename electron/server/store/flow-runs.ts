import type { FlowRunSummary } from '../../../shared/contract/operations/flows.ts'
import type { Reader, Writer } from './database.ts'

/** The oldest beyond these are forgotten. */
const KEPT = 300

interface Row {
  summary: string
}

/** Newest first. */
export const listFlowRuns = (reader: Reader, limit: number): FlowRunSummary[] =>
  reader
    .all<Row>('SELECT summary FROM flow_runs ORDER BY started_at DESC, rowid DESC LIMIT ?', limit)
    .map(({ summary }) => JSON.parse(summary) as FlowRunSummary)

/** The sealed body of a run; undefined when there is none. */
export const readFlowRun = (reader: Reader, id: string): string | undefined =>
  reader.get<{ body: string }>('SELECT body FROM flow_runs WHERE id = ?', id)?.body

/** Adds a run, and forgets the oldest beyond 300. */
export function insertFlowRun(writer: Writer, summary: FlowRunSummary, body: string): void {
  writer.run(
    'INSERT INTO flow_runs (id, summary, body, started_at) VALUES (?, ?, ?, ?)',
    summary.id,
    JSON.stringify(summary),
    body,
    summary.startedAt,
  )
  writer.run(
    'DELETE FROM flow_runs WHERE rowid IN (SELECT rowid FROM flow_runs ORDER BY started_at DESC, rowid DESC LIMIT -1 OFFSET ?)',
    KEPT,
  )
}

/** False when the run was deleted meanwhile. */
export const updateFlowRun = (writer: Writer, summary: FlowRunSummary, body: string): boolean =>
  writer.run(
    'UPDATE flow_runs SET summary = ?, body = ? WHERE id = ?',
    JSON.stringify(summary),
    body,
    summary.id,
  ) > 0

/** Returns how many there were. */
export const deleteFlowRun = (writer: Writer, id: string): number =>
  writer.run('DELETE FROM flow_runs WHERE id = ?', id)

export const deleteFlowRuns = (writer: Writer): number => writer.run('DELETE FROM flow_runs')
