import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import { exportTraces } from '../../../shared/flow/export.ts'
import type { Core } from '../core.ts'
import type { Provider } from '../provider/fetch.ts'
import { createTraceFindings } from '../recorder/findings.ts'
import type { Reader } from '../store/database.ts'
import { findExchange, listExchanges } from '../store/exchanges.ts'
import {
  clearTraces,
  deleteTrace,
  findTrace,
  listTraces,
  pruneTraces,
  saveTrace,
  type TraceRecord,
} from '../store/traces.ts'
import type { HandlersOf } from './handlers.ts'
import { toReplay } from './replay.ts'
import { importHandlers } from './trace-import.ts'

/** Traces in a file that names none. */
const EXPORTED = 1_000

export function traceHandlers(core: Core, provider: Provider): HandlersOf<'exchanges' | 'traces'> {
  const { database, recorder, events } = core
  const findings = createTraceFindings(core)
  /** What was recorded, the pending batch included. */
  const recorded = () => {
    recorder.flush()
    return database.read
  }
  const changed = () => events.publish({ type: 'changed', noun: 'traces' })
  const whole = (record: TraceRecord) => {
    const { exchanges, findings: found } = findings.of(record)
    return { ...findings.summarise(record), exchanges, findings: found }
  }

  return {
    'exchanges.list': ({ limit, ...filter }) => listExchanges(recorded(), filter, limit),
    'exchanges.get': ({ id }) => existingExchange(recorded(), id),
    'exchanges.replay': async (input) => {
      const original = existingExchange(recorded(), input.id)
      const request = toReplay(original, input)
      const became = await new Promise<number | undefined>((resolve, reject) => {
        const { id: exchangeId, traceId } = original
        const answered = provider(request, { replayOf: { exchangeId, traceId, recorded: resolve } })
        // What a fault breaks off was recorded before, and may never be answered.
        answered.then(() => resolve(undefined), reject)
      })
      if (became === undefined)
        throw new ContractError('refused', 'What is sent to this path is not recorded.')
      return existingExchange(recorded(), became)
    },
    ...importHandlers(core, findings),
    'traces.list': ({ limit }) => findings.summariseAll(listTraces(recorded(), limit)),
    'traces.get': ({ id }) => whole(existingTrace(recorded(), id)),
    'traces.update': ({ id, changes }) => {
      recorder.flush()
      const saved = database.write((writer) => {
        const next = withChanges(existingTrace(writer, id), changes)
        saveTrace(writer, next)
        return next
      })
      changed()
      return findings.summarise(saved)
    },
    'traces.delete': ({ ids }) => {
      recorder.flush()
      database.write((writer) => {
        for (const id of ids) if (!deleteTrace(writer, id)) throw notFound('trace', id)
      })
      changed()
      return {}
    },
    'traces.prune': ({ keep }) => {
      recorder.flush()
      const deleted = database.write((writer) => pruneTraces(writer, keep))
      if (deleted > 0) changed()
      return { deleted }
    },
    'traces.export': ({ ids, ...options }) => {
      const reader = recorded()
      const records = ids?.map((id) => existingTrace(reader, id)) ?? listTraces(reader, EXPORTED).reverse()
      return exportTraces(records.map(whole), { ...options, version: core.options.version })
    },
    'traces.clear': (options) => {
      // Also for what is pending: some of it may belong to a trace that stays.
      recorder.flush()
      database.write((writer) => clearTraces(writer, options))
      recorder.reset()
      changed()
      return {}
    },
  }
}

function existingExchange(reader: Reader, id: number) {
  const exchange = findExchange(reader, id)
  if (!exchange) throw notFound('exchange', id)
  return exchange
}

function existingTrace(reader: Reader, id: string): TraceRecord {
  const trace = findTrace(reader, id)
  if (!trace) throw notFound('trace', id)
  return trace
}
