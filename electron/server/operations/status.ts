import { invalidInput } from '../../../shared/contract/issues.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import { type ClockState, MOST_OFFSET_MS, type Status } from '../../../shared/contract/operations/status.ts'
import type { ClockSetting, SimulatedClock } from '../clock.ts'
import type { Core } from '../core.ts'
import { listClients } from '../store/clients.ts'
import { countExchanges } from '../store/exchanges.ts'
import { writeClock } from '../store/settings.ts'
import { countActiveTokens } from '../store/tokens.ts'
import { listUsers } from '../store/users.ts'
import type { HandlersOf } from './handlers.ts'
import { serverStateOf } from './host.ts'

export const statusHandlers = (core: Core): HandlersOf<'status' | 'clock'> => ({
  'status.get': () => statusOf(core),
  'clock.get': () => clockState(core.clock),
  'clock.set': (changes) => {
    setClock(core, movedClock(core.clock, changes))
    return clockState(core.clock)
  },
})

function statusOf(core: Core): Status {
  const { options, database, clock, recorder, startedAt } = core
  recorder.flush()
  const { read } = database
  const where = core.where()
  return {
    version: options.version,
    issuer: options.issuer ?? where?.issuer ?? '',
    control: where?.control ?? null,
    sampleApp: where?.sampleApp ?? null,
    server: serverStateOf(core),
    host: options.host,
    database: options.database,
    runtime: process.versions.electron
      ? `Electron ${process.versions.electron}`
      : `Node ${process.versions.node}`,
    startedAt,
    warnings: where?.warnings ?? [],
    counts: {
      users: listUsers(read).length,
      clients: listClients(read).length,
      activeTokens: countActiveTokens(read, clock.now()),
      exchanges: countExchanges(read),
      armedFaults: core.faults.armed?.length ?? 0,
    },
  }
}

function clockState(clock: SimulatedClock): ClockState {
  const realNow = clock.real.now()
  const { offsetMs, frozenAt } = clock.setting()
  const now = frozenAt ?? realNow + offsetMs
  return { now, realNow, offsetMs: now - realNow, frozen: frozenAt !== null }
}

/** The setting that moves, freezes or unfreezes the clock; whatever is not asked for goes on without a jump. */
function movedClock(clock: SimulatedClock, changes: ParsedInputOf<'clock.set'>): ClockSetting {
  const state = clockState(clock)
  const offsetMs = offsetAfter(state, changes)
  const frozen = changes.frozen ?? state.frozen
  return { offsetMs, frozenAt: frozen ? state.realNow + offsetMs : null }
}

function offsetAfter(state: ClockState, { offsetMs, at, stepMs = 0 }: ParsedInputOf<'clock.set'>): number {
  // While it stood, real time may have left it behind.
  if (at === undefined)
    return offsetMs ?? Math.max(-MOST_OFFSET_MS, Math.min(MOST_OFFSET_MS, state.offsetMs + stepMs))
  const offset = at - state.realNow
  if (Math.abs(offset) <= MOST_OFFSET_MS) return offset
  throw invalidInput([{ path: 'at', message: 'must be within ten years of real time' }])
}

/** Sets the clock, keeps the setting for the next start, and tells subscribers. */
export function setClock({ clock, database, events }: Core, setting: ClockSetting): void {
  database.write((writer) => writeClock(writer, setting))
  clock.set(setting)
  events.publish({ type: 'clock', clock: clockState(clock) })
}
