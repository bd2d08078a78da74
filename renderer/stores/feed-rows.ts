import type { ExchangeSummary } from '../../shared/contract/operations/traces.ts'
import { isRefused } from '../../shared/flow/words.ts'

export interface FeedFilter {
  outcome?: 'ok' | 'refused' | 'struck' | undefined
  endpoint?: string | undefined
  clientId?: string | undefined
  userId?: string | undefined
  /** Only those of pinned traces; only the core can tell. */
  pinned?: true | undefined
  /** Part of target, body, client, user or error; only the core can tell. */
  search?: string | undefined
}

export type Rows = readonly ExchangeSummary[]

export const sameFilter = (a: FeedFilter, b: FeedFilter): boolean =>
  (['outcome', 'endpoint', 'clientId', 'userId', 'pinned', 'search'] as const).every(
    (name) => a[name] === b[name],
  )

/** What the page can tell by itself; `search` and `pinned` are left to the core. */
export const matches = (
  exchange: ExchangeSummary,
  { outcome, endpoint, clientId, userId }: FeedFilter,
): boolean =>
  (!outcome || isOf(outcome, exchange)) &&
  (!endpoint || exchange.endpoint === endpoint) &&
  (!clientId || exchange.clientId === clientId) &&
  (!userId || exchange.userId === userId)

const isOf = (outcome: NonNullable<FeedFilter['outcome']>, exchange: ExchangeSummary): boolean =>
  outcome === 'struck' ? exchange.faults.length > 0 : (outcome === 'refused') === isRefused(exchange)

/** Whether only the core can tell what is in the list. */
export const isLeftToCore = ({ search, pinned }: FeedFilter): boolean => Boolean(search || pinned)

/** Both lists as one, newest first, each exchange once. */
export function mergeRows(a: Rows, b: Rows): Rows {
  const known = new Set(a.map(({ id }) => id))
  const fresh = b.filter(({ id }) => !known.has(id))
  return fresh.length === 0 ? a : [...a, ...fresh].sort((x, y) => y.id - x.id)
}

/** What a page of the list is asked for: the whole list anew, what came on top of it, or what lies below. */
export type PageKind = 'first' | 'newest' | 'older'

/**
 * The rows once a page has come. A page of the newest that does not reach down to the rows there takes their place: between
 * them would be a gap.
 */
export function placePage(
  rows: Rows,
  kind: PageKind,
  page: Rows,
  pageSize: number,
): { rows: Rows; replaced: boolean } {
  const full = page.length >= pageSize
  const gap = full && page.at(-1)!.id > (rows[0]?.id ?? 0)
  const replaced = kind === 'first' || (kind === 'newest' && gap)
  return { rows: replaced ? page : mergeRows(rows, page), replaced }
}

/** The endpoints seen so far, sorted, with those of more exchanges; the same array when there is no new one. */
export function withEndpoints(seen: readonly string[], exchanges: Rows): readonly string[] {
  const names = new Set(seen)
  for (const { endpoint } of exchanges) if (endpoint !== null) names.add(endpoint)
  return names.size === seen.length ? seen : [...names].sort()
}
