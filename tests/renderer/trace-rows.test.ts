import { describe, expect, test } from 'vitest'
import { groupByTrace, parseSelection, rowIdOf } from '../../renderer/features/traces/rows.ts'
import type { ExchangeSummary, TraceSummary } from '../../shared/contract/operations/traces.ts'
import { anExchange } from '../flow/an-exchange.ts'

const exchange = (id: number, traceId: string, fields: Partial<ExchangeSummary> = {}) =>
  anExchange({ id, traceId, at: id, ...fields })

const trace = (id: string, fields: Partial<TraceSummary> = {}): TraceSummary => ({
  id,
  issuer: 'default',
  name: null,
  pinned: false,
  imported: null,
  problems: 0,
  worst: null,
  startedAt: 0,
  lastAt: 0,
  exchangeCount: 1,
  refusals: 0,
  clientId: null,
  userId: null,
  ...fields,
})

describe('exchanges under the head of their trace', () => {
  test('the trace with the latest exchange is first, its exchanges in the order they happened', () => {
    const rows = groupByTrace([exchange(4, 'a'), exchange(3, 'b'), exchange(2, 'a'), exchange(1, 'b')], [])
    expect(rows.map(rowIdOf)).toEqual(['trace-a', '2', '4', 'trace-b', '1', '3'])
  })

  test('the head says who, how many, how many refused and how many struck by faults', () => {
    const rows = groupByTrace(
      [
        exchange(3, 'a', { status: 403, clientId: null, userId: null }),
        exchange(2, 'a', { failedChecks: 1, faults: [{ id: 'f', name: 'Slow', did: 'waits' }] }),
        exchange(1, 'a', { clientId: 'first', userId: null }),
      ],
      [],
    )
    expect(rows[0]).toMatchObject({
      clientId: 'first',
      userId: 'alice',
      exchanges: 3,
      shown: 3,
      refusals: 2,
      struck: 1,
      lastAt: 3,
    })
  })

  test('the whole trace is known from its summary, also when a filter hides most of it', () => {
    const [head] = groupByTrace(
      [exchange(3, 'a')],
      [trace('a', { exchangeCount: 5, refusals: 2, userId: 'bob' })],
    )
    expect(head).toMatchObject({ shown: 1, exchanges: 5, refusals: 2, userId: 'bob' })
  })

  test('a summary read before the latest exchange does not count less than is seen', () => {
    const [head] = groupByTrace([exchange(2, 'a'), exchange(1, 'a')], [trace('a')])
    expect(head).toMatchObject({ shown: 2, exchanges: 2 })
  })

  test('a single exchange of nobody known stands alone', () => {
    const nobody = { clientId: null, userId: null }
    const rows = groupByTrace([exchange(2, 'a', nobody), exchange(1, 'b')], [])
    expect(rows.map(rowIdOf)).toEqual(['2', 'trace-b', '1'])
    expect(rows.map((row) => row.kind === 'exchange' && row.inTrace)).toEqual([false, false, true])
  })
})

test('a route names an exchange, a trace, or nothing', () => {
  expect(parseSelection('12')).toEqual({ kind: 'exchange', id: 12 })
  expect(parseSelection('trace-a-b')).toEqual({ kind: 'trace', traceId: 'a-b' })
  expect([null, 'x', '1.5', '-1', '9'.repeat(30)].map(parseSelection)).toEqual([null, null, null, null, null])
})
