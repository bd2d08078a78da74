import { notFound } from '../../../shared/contract/envelope.ts'
import type { Core } from '../core.ts'
import { findExchange, listExchanges, listTraceExchanges } from '../store/exchanges.ts'
import { clearTraces, findTrace, listTraces } from '../store/traces.ts'
import type { HandlersOf } from './handlers.ts'

export function traceHandlers(core: Core): HandlersOf<'exchanges' | 'traces'> {
  const { database, recorder, events } = core
  /** What was recorded, the pending batch included. */
  const recorded = () => {
    recorder.flush()
    return database.read
  }

  return {
    'exchanges.list': ({ limit, ...filter }) => listExchanges(recorded(), filter, limit),
    'exchanges.get': ({ id }) => {
      const exchange = findExchange(recorded(), id)
      if (!exchange) throw notFound('exchange', id)
      return exchange
    },
    'traces.list': ({ limit }) => listTraces(recorded(), limit),
    'traces.get': ({ id }) => {
      const reader = recorded()
      const trace = findTrace(reader, id)
      if (!trace) throw notFound('trace', id)
      return { ...trace, exchanges: listTraceExchanges(reader, id) }
    },
    'traces.clear': () => {
      database.write(clearTraces)
      recorder.reset()
      events.publish({ type: 'changed', noun: 'traces' })
      return {}
    },
  }
}
