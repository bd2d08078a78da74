import type { Exchange, ExchangeSummary } from '../../../shared/contract/operations/traces.ts'
import { keptBody } from '../../../shared/flow/kept-body.ts'
import type { Clock } from '../clock.ts'
import type { EventHub } from '../events.ts'
import { type Random, timedId } from '../random.ts'
import type { Database } from '../store/database.ts'
import { insertExchange, lastExchangeId, pruneExchanges } from '../store/exchanges.ts'
import { findTraceByLink, linkTrace, markImported, touchTrace } from '../store/traces.ts'
import type { Trail } from './trail.ts'

/** What the recorder is given of one exchange, raw: redaction happens where data leaves, never here. */
export interface RawExchange {
  /** `outbound` when the issuer asked an app; left out, an app asked the issuer. */
  direction?: 'inbound' | 'outbound'
  durationMs: number
  method: string
  url: URL
  /** Name of the issuer it came to. */
  issuer: string
  requestHeaders: [string, string][]
  requestBody: Uint8Array
  /** Size of the request body on the wire, also when it was too large to be read to its end. */
  requestBytes: number
  status: number
  responseHeaders: [string, string][]
  responseBody: Uint8Array
  trail: Trail
}

export interface ImportedTrace {
  name: string | null
  /** Oldest first, at least one. Ids and trace are given anew. */
  exchanges: readonly Exchange[]
}

export interface Recorder {
  /** Takes an exchange: published at once, written with the next batch. Never throws. */
  record(raw: RawExchange): void
  /** Keeps traces that were recorded elsewhere, as those of this file. Returns their ids. Throws what the database throws. */
  keep(traces: readonly ImportedTrace[], file: string): string[]
  /** Writes what is pending; readers of the tables call it first. */
  flush(): void
  /** The exchange whose request carried this X-Request-Id, among the latest thousand. */
  exchangeOf(requestId: string): number | undefined
  /** Forgets everything that is pending or known, after the tables were emptied. */
  reset(): void
  close(): void
}

const BATCH_AFTER_MS = 50
const BATCH_SIZE = 250
const REQUEST_IDS_KEPT = 1_000

interface Pending {
  exchange: Exchange
  links: string[]
}

export interface RecorderParts {
  database: Database
  clock: Clock
  random: Random
  events: EventHub
  /** How many exchanges the log keeps. */
  kept: () => number
  log: (line: string) => void
}

export function createRecorder({ database, clock, random, events, kept, log }: RecorderParts): Recorder {
  const newId = () => timedId(random, clock.now(), 12)
  const traces = createTraceFinder(database, newId)
  const requestIds = createRequestIds()
  let pending: Pending[] = []
  let nextId = lastExchangeId(database.read) + 1
  let timer: NodeJS.Timeout | undefined

  const takePending = (): Pending[] => {
    clearTimeout(timer)
    timer = undefined
    const taken = pending
    pending = []
    traces.forget()
    return taken
  }
  const flush = () => {
    const batch = takePending()
    if (batch.length === 0) return
    try {
      write(database, batch, kept())
    } catch (error) {
      // A full disk must not stop the issuer: the exchanges are lost, and the operator is told.
      log(
        `${batch.length} exchanges could not be recorded: ${error instanceof Error ? error.message : error}`,
      )
    }
  }

  return {
    record(raw) {
      const { links, replayOf } = raw.trail
      const exchange = summaryOf(raw, {
        id: nextId++,
        traceId: traces.find(links, replayOf?.traceId),
        at: clock.now(),
      })
      pending.push({ exchange: withDetail(exchange, raw), links })
      requestIds.note(raw, exchange.id)
      replayOf?.recorded(exchange.id)
      if (pending.length >= BATCH_SIZE) flush()
      else timer ??= setTimeout(flush, BATCH_AFTER_MS).unref()
      events.publish({ type: 'exchange', exchange })
    },
    keep(imported, file) {
      flush()
      const placed = imported.map(({ name, exchanges }) => {
        const traceId = newId()
        return { name, exchanges: exchanges.map((exchange) => ({ ...exchange, id: nextId++, traceId })) }
      })
      writeImported(database, placed, file, kept())
      return placed.map(({ exchanges }) => exchanges[0]!.traceId)
    },
    flush,
    exchangeOf: requestIds.find,
    reset() {
      takePending()
      requestIds.forget()
    },
    close: flush,
  }
}

function write(database: Database, batch: Pending[], kept: number): void {
  const exchanges = batch.map(({ exchange }) => exchange)
  // A link stays with the trace it was first seen in, so of two exchanges with one link the earlier is set last.
  const links = new Map(
    batch
      .toReversed()
      .flatMap(({ exchange, links }) => links.map((link) => [link, exchange.traceId] as const)),
  )
  database.write((writer) => {
    for (const those of Map.groupBy(exchanges, ({ traceId }) => traceId).values()) touchTrace(writer, those)
    for (const exchange of exchanges) insertExchange(writer, exchange)
    for (const [link, traceId] of links) linkTrace(writer, link, traceId)
    pruneExchanges(writer, batch.at(-1)!.exchange.id - kept)
  })
}

function writeImported(
  database: Database,
  traces: readonly ImportedTrace[],
  file: string,
  kept: number,
): void {
  database.write((writer) => {
    for (const { name, exchanges } of traces) {
      touchTrace(writer, exchanges)
      markImported(writer, exchanges[0]!.traceId, file, name)
      for (const exchange of exchanges) insertExchange(writer, exchange)
    }
    pruneExchanges(writer, traces.at(-1)!.exchanges.at(-1)!.id - kept)
  })
}

/** Finds the trace that links lead to, or begins one. Knows the links of exchanges that are not written yet. */
function createTraceFinder(database: Database, newId: () => string) {
  const unwritten = new Map<string, string>()
  const known = (link: string) => unwritten.get(link) ?? findTraceByLink(database.read, link)
  return {
    find(links: string[], otherwise: string | undefined): string {
      let found: string | undefined
      for (const link of links) {
        found = known(link)
        if (found !== undefined) break
      }
      const trace = found ?? otherwise ?? newId()
      for (const link of links) unwritten.set(link, trace)
      return trace
    },
    forget: () => unwritten.clear(),
  }
}

/** The exchange of each X-Request-Id, for the latest thousand. */
function createRequestIds() {
  const exchanges = new Map<string, number>()
  return {
    note({ requestHeaders }: RawExchange, exchange: number) {
      const requestId = requestHeaders.find(([name]) => name === 'x-request-id')?.[1]
      if (requestId === undefined) return
      exchanges.set(requestId, exchange)
      if (exchanges.size > REQUEST_IDS_KEPT) exchanges.delete(exchanges.keys().next().value!)
    },
    find: (requestId: string) => exchanges.get(requestId),
    forget: () => exchanges.clear(),
  }
}

function summaryOf(raw: RawExchange, place: { id: number; traceId: string; at: number }): ExchangeSummary {
  const { trail } = raw
  return {
    ...place,
    durationMs: raw.durationMs,
    issuer: raw.issuer,
    direction: raw.direction ?? 'inbound',
    endpoint: trail.endpoint,
    method: raw.method,
    target: raw.url.pathname + raw.url.search,
    status: raw.status,
    error: trail.error,
    grantType: trail.grantType,
    clientId: trail.clientId,
    userId: trail.userId,
    failedChecks: trail.verdicts.filter(({ outcome }) => outcome !== 'passed').length,
    replayOf: trail.replayOf?.exchangeId ?? null,
    faults: trail.faults,
  }
}

const withDetail = (summary: ExchangeSummary, raw: RawExchange): Exchange => ({
  ...summary,
  url: raw.url.href,
  request: { headers: raw.requestHeaders, ...keptBody(raw.requestBody, raw.requestBytes) },
  response: { headers: raw.responseHeaders, ...keptBody(raw.responseBody, raw.responseBody.length) },
  verdicts: raw.trail.verdicts,
  jtis: raw.trail.jtis,
  between: null,
})
