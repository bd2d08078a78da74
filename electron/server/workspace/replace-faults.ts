import { type FiledFault, filedIds } from '../../../shared/contract/faults/fault.ts'
import type { Writer } from '../store/database.ts'
import { deleteFaults, type FaultRecord, listFaults, saveFault } from '../store/faults.ts'
import { readableFault } from './export.ts'

/** Puts these faults in the place of all others. One that is the same as before goes on with its counters. */
export function replaceFaults(writer: Writer, faults: readonly FiledFault[], now: number): void {
  const known = new Map(listFaults(writer).map((fault) => [fault.id, fault]))
  // All of them go first, so that the new order is the file's.
  deleteFaults(writer)
  const ids = filedIds(faults)
  for (const [index, fault] of faults.entries()) {
    const id = ids[index]!
    saveFault(writer, planned({ ...fault, id }, known.get(id), now))
  }
}

function planned(
  filed: FiledFault & { id: string },
  known: FaultRecord | undefined,
  now: number,
): FaultRecord {
  const { counters = { seen: 0, hits: 0, lastHitAt: null }, ...fault } = filed
  const goesOn = known !== undefined && isSame(readableFault(known), fault)
  if (goesOn && !filed.counters) return { ...known, updatedAt: now }
  const armedAt = goesOn ? known.armedAt : now
  return { ...fault, ...counters, armedAt, createdAt: known?.createdAt ?? now, updatedAt: now }
}

/** Whether it stands for the same; a name may be another. */
const isSame = (one: FiledFault, other: FiledFault): boolean =>
  (['enabled', 'match', 'skip', 'every', 'count', 'action'] as const).every(
    (key) => JSON.stringify(one[key]) === JSON.stringify(other[key]),
  )
