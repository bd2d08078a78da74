import { setImmediate } from 'node:timers/promises'
import type { Finding, Severity } from '../../../shared/contract/operations/findings.ts'
import {
  EXCHANGES_READ,
  type Exchange,
  type TraceSummary,
} from '../../../shared/contract/operations/traces.ts'
import { type RegisteredClient, refreshesOf, toStep } from '../../../shared/flow/findings/facts.ts'
import { findingsOf } from '../../../shared/flow/findings/index.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import type { Reader } from '../store/database.ts'
import { listEarlier, listTraceExchanges } from '../store/exchanges.ts'
import type { TraceRecord } from '../store/traces.ts'

/** Requests of one client in other traces that a trace is compared with. */
const EARLIER = 30
/** Traces the rules read before requests get their turn. */
const SLICE = 20
/** Traces whose summary is kept: more than a list shows. */
const CACHED = 2_000

interface Summary {
  lastExchange: number
  problems: number
  worst: Severity | null
}

/** What the rules over whole traces say. Derived from what is recorded, never stored. */
export interface TraceFindings {
  of(record: TraceRecord): { exchanges: Exchange[]; findings: Finding[] }
  summarise(record: TraceRecord): TraceSummary
  /** The same for many, in turns with the requests that come meanwhile. */
  summariseAll(records: readonly TraceRecord[]): Promise<TraceSummary[]>
}

export function createTraceFindings({ database, events }: Pick<Core, 'database' | 'events'>): TraceFindings {
  const summaries = new Map<string, Summary>()
  // Rules look at how a client is registered.
  events.subscribe((event) => {
    if (event.type === 'changed' && (event.noun === 'clients' || event.noun === 'workspace'))
      summaries.clear()
  })
  const read = (record: TraceRecord) => {
    const result = readFindings(database.read, record)
    remember(summaries, record, result.findings)
    return result
  }
  const summarise = (record: TraceRecord): TraceSummary => {
    if (summaries.get(record.id)?.lastExchange !== record.lastExchange) read(record)
    const { problems, worst } = summaries.get(record.id)!
    const { lastExchange: _, ...rest } = record
    return { ...rest, problems, worst }
  }
  return {
    of: read,
    summarise,
    async summariseAll(records) {
      const all: TraceSummary[] = []
      for (const [index, record] of records.entries()) {
        all.push(summarise(record))
        if (index % SLICE === SLICE - 1) await setImmediate()
      }
      return all
    },
  }
}

function remember(summaries: Map<string, Summary>, record: TraceRecord, findings: readonly Finding[]): void {
  const problems = findings.filter(({ severity }) => severity !== 'info').length
  summaries.delete(record.id)
  summaries.set(record.id, {
    lastExchange: record.lastExchange,
    problems,
    worst: findings[0]?.severity ?? null,
  })
  if (summaries.size > CACHED) summaries.delete(summaries.keys().next().value!)
}

function readFindings(reader: Reader, { id, lastExchange, imported }: TraceRecord) {
  const exchanges = listTraceExchanges(reader, id, EXCHANGES_READ)
  // A client of that name here need not be the one that was seen elsewhere.
  if (imported !== null) return { exchanges, findings: findingsOf({ exchanges, earlier: [], clients: [] }) }
  const clientIds = [...new Set(exchanges.map(({ clientId }) => clientId).filter((known) => known !== null))]
  const place = { traceId: id, before: lastExchange, limit: EARLIER }
  const earlier = clientIds.flatMap((clientId) => earlierOf(reader, exchanges, { ...place, clientId }))
  const clients = clientIds.flatMap((clientId) => registered(reader, clientId) ?? [])
  return { exchanges, findings: findingsOf({ exchanges, earlier, clients }) }
}

/** Only what a rule can want for this trace: logins are compared with logins, refreshes with refreshes. */
function earlierOf(
  reader: Reader,
  exchanges: readonly Exchange[],
  place: Parameters<typeof listEarlier>[2],
): Exchange[] {
  const logsIn = exchanges.some(({ endpoint }) => endpoint?.endsWith('authorization'))
  const refreshes = refreshesOf(exchanges.map(toStep)).length > 0
  return [
    ...(logsIn ? listEarlier(reader, 'authorizations', place) : []),
    ...(refreshes ? listEarlier(reader, 'refusedGrants', place) : []),
  ].sort((a, b) => a.id - b.id)
}

function registered(reader: Reader, clientId: string): RegisteredClient | undefined {
  const client = findClient(reader, clientId)
  if (!client) return undefined
  const isPublic = client.authMethods.every((method) => method === 'none')
  return { id: client.id, isPublic, redirectUris: client.redirectUris }
}
