import type { FaultFields } from '../../../shared/contract/faults/fault.ts'
import type { Reader, Writer } from './database.ts'

export interface FaultRecord extends FaultFields {
  id: string
  /** Matching requests so far, and those of them that were struck. */
  seen: number
  hits: number
  lastHitAt: number | null
  /** Since when it has been armed without a break, or was the last time. */
  armedAt: number
  createdAt: number
  updatedAt: number
}

interface Row {
  id: string
  definition: string
  enabled: number
  seen: number
  hits: number
  last_hit_at: number | null
  armed_at: number
  created_at: number
  updated_at: number
}

const fromRow = (row: Row): FaultRecord => ({
  id: row.id,
  ...(JSON.parse(row.definition) as Omit<FaultFields, 'enabled'>),
  enabled: row.enabled === 1,
  seen: row.seen,
  hits: row.hits,
  lastHitAt: row.last_hit_at,
  armedAt: row.armed_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** In the order they strike in. */
export const listFaults = (reader: Reader): FaultRecord[] =>
  reader.all<Row>('SELECT * FROM faults ORDER BY position').map(fromRow)

export function findFault(reader: Reader, id: string): FaultRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM faults WHERE id = ?', id)
  return row && fromRow(row)
}

/** Adds the fault behind all others, or replaces the one of this id in its place. */
export function saveFault(writer: Writer, fault: FaultRecord): void {
  const { name, match, skip, every, count, action } = fault
  writer.run(
    `INSERT INTO faults (id, position, definition, enabled, seen, hits, last_hit_at, armed_at, created_at, updated_at)
     VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM faults), ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, enabled = excluded.enabled, seen = excluded.seen,
       hits = excluded.hits, last_hit_at = excluded.last_hit_at, armed_at = excluded.armed_at, updated_at = excluded.updated_at`,
    fault.id,
    JSON.stringify({ name, match, skip, every, count, action }),
    fault.enabled ? 1 : 0,
    fault.seen,
    fault.hits,
    fault.lastHitAt,
    fault.armedAt,
    fault.createdAt,
    fault.updatedAt,
  )
}

export const writeCounters = (
  writer: Writer,
  { id, seen, hits, lastHitAt }: Pick<FaultRecord, 'id' | 'seen' | 'hits' | 'lastHitAt'>,
): number =>
  writer.run('UPDATE faults SET seen = ?, hits = ?, last_hit_at = ? WHERE id = ?', seen, hits, lastHitAt, id)

/** False when there is none. */
export const deleteFault = (writer: Writer, id: string): boolean =>
  writer.run('DELETE FROM faults WHERE id = ?', id) > 0

export const deleteFaults = (writer: Writer): number => writer.run('DELETE FROM faults')
