import type { HarEntry, HarFile } from '../../contract/operations/har.ts'
import type { HarPreview } from '../../contract/operations/trace-import.ts'
import type { Exchange } from '../../contract/operations/traces.ts'
import { groupBy } from '../findings/facts.ts'
import { findTokens } from '../tokens.ts'
import { isRefused } from '../words.ts'
import { exchangeOf } from './exchange-of.ts'
import { isAsset, isHttp } from './left-out.ts'
import { withPlaces } from './places.ts'
import { byTies } from './ties.ts'

export interface ReadTrace {
  /** As the file has it; null where it has none. */
  name: string | null
  /** In the order of the file; their ids are places in it. At least one. */
  exchanges: Exchange[]
}

/** What an HTTP archive holds, as traces. */
export interface ReadHar {
  traces: ReadTrace[]
  leftOut: HarPreview['leftOut']
  creator: string | null
}

/**
 * An HTTP archive as traces. One that Grantscope wrote has a page for each; in any other, what the messages share says what
 * belongs together, and pages mean nothing: a login goes over many.
 */
export function readHar({ log }: HarFile): ReadHar {
  const overHttp = log.entries
    .map((entry, index) => ({ entry, id: index + 1 }))
    .filter(({ entry }) => isHttp(entry))
  const kept = overHttp.filter(({ entry }) => !isAsset(entry))
  const byBrowser = Boolean(log.browser) || /^(?:WebInspector|Firefox)/.test(log.creator?.name ?? '')
  const exchanges = withPlaces(
    kept.map(({ entry, id }) => exchangeOf(entry, id)),
    byBrowser,
  )
  const own = kept.every(({ entry }) => entry._grantscope && entry.pageref)
  return {
    traces: own
      ? byPages(log, exchanges)
      : byTies(exchanges).map((group) => ({ name: null, exchanges: group })),
    leftOut: {
      assets: overHttp.length - kept.length,
      other: log.entries.length - overHttp.length,
    },
    creator: [log.creator?.name, log.creator?.version].filter(Boolean).join(' ') || null,
  }
}

function byPages({ pages, entries }: HarFile['log'], exchanges: readonly Exchange[]): ReadTrace[] {
  const titles = new Map(pages?.map(({ id, title }) => [id, title]))
  return [...groupBy(exchanges, ({ id }) => pageOf(entries[id - 1]!))].map(([page, group]) => ({
    name: nameIn(titles.get(page)),
    exchanges: group,
  }))
}

const pageOf = ({ pageref }: HarEntry): string => pageref ?? ''

/** A trace without a name is exported by its client and user. */
function nameIn(title: string | null | undefined): string | null {
  const name = title?.trim().slice(0, 200)
  return name && !name.startsWith('Trace of ') ? name : null
}

/** What an import would make of it, in numbers. */
export const previewOf = ({ traces, leftOut, creator }: ReadHar): HarPreview => ({
  creator,
  leftOut,
  exchanges: traces.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
  traces: traces.map(({ name, exchanges }) => ({
    name,
    clientId: exchanges.find(({ clientId }) => clientId !== null)?.clientId ?? null,
    exchanges: exchanges.length,
    refusals: exchanges.filter((exchange) => isRefused(exchange) || exchange.failedChecks > 0).length,
    startedAt: exchanges[0]!.at,
    hosts: [...new Set(exchanges.map(({ url }) => new URL(url).host))],
  })),
  tokens: new Set(traces.flatMap(({ exchanges }) => exchanges.flatMap(findTokens)).map(({ token }) => token))
    .size,
})
