import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import type { Clock } from '../clock.ts'
import type { EventHub } from '../events.ts'
import { type Random, randomId } from '../random.ts'
import type { Database } from '../store/database.ts'
import { insertExchange, lastExchangeId, pruneExchanges } from '../store/exchanges.ts'
import { findTraceByLink, linkTrace, touchTrace } from '../store/traces.ts'
import type { Trail } from './trail.ts'

/** What the recorder is given of one exchange, raw: redaction happens where data leaves, never here. */
export interface RawExchange {
  durationMs: number
  method: string
  url: URL
  requestHeaders: [string, string][]
  requestBody: Uint8Array
  /** Size of the request body on the wire, also when it was too large to be read to its end. */
  requestBytes: number
  status: number
  responseHeaders: [string, string][]
  responseBody: Uint8Array
  trail: Trail
}

export interface Recorder {
  /** Takes an exchange: published at once, written with the next batch. Never throws. */
  record(raw: RawExchange): void
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
/** Longer bodies are cut in the log; the number of bytes is kept. */
const BODY_KEPT = 65_536
const REQUEST_IDS_KEPT = 1_000

interface Pending {
  exchange: Exchange
  links: string[]
}

export function createRecorder(parts: {
  database: Database
  clock: Clock
  random: Random
  events: EventHub
  kept: () => number
  log: (line: string) => void
}): Recorder {
  const { database, clock, random, events } = parts
  let pending: Pending[] = []
  /** Links of exchanges not written yet: a refresh right behind its login belongs to the same trace. */
  let pendingLinks = new Map<string, string>()
  let nextId = lastExchangeId(database.read) + 1
  const byRequestId = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  const traceOf = (links: string[]): string => {
    for (const link of links) {
      const known = pendingLinks.get(link) ?? findTraceByLink(database.read, link)
      if (known) return known
    }
    return randomId(random, 12)
  }

  const write = (batch: Pending[]) =>
    database.write((writer) => {
      for (const { exchange, links } of batch) {
        touchTrace(writer, exchange)
        insertExchange(writer, exchange)
        for (const link of links) linkTrace(writer, link, exchange.traceId)
      }
      pruneExchanges(writer, batch.at(-1)!.exchange.id - parts.kept())
    })

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (pending.length === 0) return
    const batch = pending
    pending = []
    pendingLinks = new Map()
    try {
      write(batch)
    } catch (error) {
      // A full disk must not stop the issuer: the exchanges are lost, and the operator is told.
      parts.log(
        `${batch.length} exchanges could not be recorded: ${error instanceof Error ? error.message : error}`,
      )
    }
  }

  const remember = (requestId: string | undefined, id: number) => {
    if (requestId === undefined) return
    byRequestId.set(requestId, id)
    if (byRequestId.size > REQUEST_IDS_KEPT) byRequestId.delete(byRequestId.keys().next().value!)
  }

  return {
    record(raw) {
      const { trail } = raw
      const traceId = traceOf(trail.links)
      const exchange = toExchange(raw, { id: nextId++, traceId, at: clock.now() })
      for (const link of trail.links) pendingLinks.set(link, traceId)
      pending.push({ exchange, links: trail.links })
      remember(raw.requestHeaders.find(([name]) => name === 'x-request-id')?.[1], exchange.id)
      if (pending.length >= BATCH_SIZE) flush()
      else timer ??= setTimeout(flush, BATCH_AFTER_MS).unref()
      const {
        url: _url,
        request: _request,
        response: _response,
        verdicts: _verdicts,
        jtis: _jtis,
        ...summary
      } = exchange
      events.publish({ type: 'exchange', exchange: summary })
    },
    flush,
    exchangeOf: (requestId) => byRequestId.get(requestId),
    reset() {
      clearTimeout(timer)
      timer = undefined
      pending = []
      pendingLinks = new Map()
      byRequestId.clear()
    },
    close: flush,
  }
}

function toExchange(raw: RawExchange, place: { id: number; traceId: string; at: number }): Exchange {
  const { trail } = raw
  return {
    ...place,
    durationMs: raw.durationMs,
    endpoint: trail.endpoint,
    method: raw.method,
    target: raw.url.pathname + raw.url.search,
    status: raw.status,
    error: trail.error,
    grantType: trail.grantType,
    clientId: trail.clientId,
    userId: trail.userId,
    failedChecks: trail.verdicts.filter(({ outcome }) => outcome !== 'passed').length,
    url: raw.url.href,
    request: { headers: raw.requestHeaders, ...keptBody(raw.requestBody, raw.requestBytes) },
    response: { headers: raw.responseHeaders, ...keptBody(raw.responseBody, raw.responseBody.length) },
    verdicts: trail.verdicts,
    jtis: trail.jtis,
  }
}

function keptBody(
  body: Uint8Array,
  bytes: number,
): { body: string; encoding: 'utf8' | 'base64'; bytes: number } {
  const kept = body.subarray(0, BODY_KEPT)
  try {
    // A cut may fall inside a character: `stream` lets the last, unfinished one go instead of failing.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(kept, { stream: kept.length < body.length })
    return { body: text, encoding: 'utf8', bytes }
  } catch {
    return { body: Buffer.from(kept).toString('base64'), encoding: 'base64', bytes }
  }
}
