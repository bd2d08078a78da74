import type { Fault, FiledFault } from '../../../shared/contract/faults/fault.ts'
import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { ScenarioFileInput } from '../../../shared/contract/scenario-file.ts'

/** A fault as files have it, its counters along. */
const filed = ({ id, name, enabled, match, skip, every, count, action, ...rest }: Fault): FiledFault => ({
  id,
  name,
  enabled,
  match,
  skip,
  every,
  count,
  action,
  counters: { seen: rest.seen, hits: rest.hits, lastHitAt: rest.lastHitAt },
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
export function copyOf({ name, match, skip, every, count, action }: Fault): InputOf<'faults.create'> {
  return {
    name: `${name.slice(0, 93)} (copy)`,
    enabled: false,
    match,
    skip,
    every,
    count,
    action,
  }
}
