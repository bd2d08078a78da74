import { type Fault, type FiledFault, fieldsOf } from '../../../shared/contract/faults/fault.ts'
import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { ScenarioFileInput } from '../../../shared/contract/scenario-file.ts'

/** A fault as files have it, its counters along. */
const filed = (fault: Fault): FiledFault => ({
  id: fault.id,
  ...fieldsOf(fault),
  counters: { seen: fault.seen, hits: fault.hits, lastHitAt: fault.lastHitAt },
})

/** All faults there are now, and one that was deleted back in its place, with its id and counters. */
export function withFault(now: readonly Fault[], deleted: Fault, place: number): ScenarioFileInput {
  const others = now.filter(({ id }) => id !== deleted.id)
  return {
    format: 'grantscope-scenario',
    version: 1,
    name: `${deleted.name}, back again`.slice(0, 100),
    faults: others.toSpliced(place < 0 ? others.length : place, 0, deleted).map(filed),
  }
}

/** A second one like it, disarmed: two that strike the same requests at once are seldom what is meant. */
export const copyOf = (fault: Fault): InputOf<'faults.create'> => ({
  ...fieldsOf(fault),
  name: `${fault.name.slice(0, 93)} (copy)`,
  enabled: false,
})
