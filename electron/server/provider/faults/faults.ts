import { type FaultState, fittingEndpoints } from '../../../../shared/contract/faults/fault.ts'
import type { Clock } from '../../clock.ts'
import type { EventHub } from '../../events.ts'
import type { Database, Writer } from '../../store/database.ts'
import { type FaultRecord, listFaults, writeCounters } from '../../store/faults.ts'

/** The faults there are, held in memory: every request asks for them. */
export interface Faults {
  /** Those that may strike, in their order; null while there is none, which is all that most requests ever look at. */
  readonly armed: readonly ArmedFault[] | null
  /** Changes the table, and tells subscribers. */
  change<T>(work: (writer: Writer) => T extends PromiseLike<unknown> ? never : T): T
  /** After the table was changed by another hand. */
  reload(): void
  /** Counts a request that matches. True when this is one to strike; from then on it counts as struck. */
  strikes(id: string): boolean
}

export interface ArmedFault extends FaultRecord {
  /** Names of the endpoints it is for. */
  strikes: ReadonlySet<string>
}

interface FaultsParts {
  database: Database
  clock: Clock
  events: EventHub
}

/** How often windows are told of counters at most. */
const TELL_AFTER_MS = 100

export function createFaults({ database, clock, events }: FaultsParts): Faults {
  let armed = armedOf(database)
  let timer: NodeJS.Timeout | undefined
  const tell = () => events.publish({ type: 'changed', noun: 'faults' })
  const reload = () => {
    armed = armedOf(database)
    tell()
  }
  const tellSoon = () => {
    if (timer) return
    timer = setTimeout(() => {
      timer = undefined
      tell()
    }, TELL_AFTER_MS).unref()
  }

  return {
    get armed() {
      return armed
    },
    change(work) {
      const value = database.write(work)
      reload()
      return value
    },
    reload,
    strikes(id) {
      // It may have been removed, disarmed or spent while the request was on its way.
      const fault = armed?.find((candidate) => candidate.id === id)
      if (!fault) return false
      fault.seen++
      const struck = isTurn(fault)
      if (struck) Object.assign(fault, { hits: fault.hits + 1, lastHitAt: clock.now() })
      database.write((writer) => writeCounters(writer, fault))
      if (stateOf(fault) === 'spent') armed = armedOf(database)
      tellSoon()
      return struck
    },
  }
}

function armedOf({ read }: Database): ArmedFault[] | null {
  const armed = listFaults(read)
    .filter((fault) => stateOf(fault) === 'armed')
    .map((fault) => ({ ...fault, strikes: new Set(fittingEndpoints(fault)) }))
  return armed.length > 0 ? armed : null
}

export function stateOf({
  enabled,
  count,
  hits,
}: Pick<FaultRecord, 'enabled' | 'count' | 'hits'>): FaultState {
  if (!enabled) return 'disarmed'
  return count !== null && hits >= count ? 'spent' : 'armed'
}

const isTurn = ({ seen, skip, every }: FaultRecord): boolean => seen > skip && (seen - skip - 1) % every === 0
