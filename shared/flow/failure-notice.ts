import type { ExchangeSummary } from '../contract/operations/traces.ts'
import { isRefused, pathOf, traceWords } from './words.ts'

/** What a system notification says of a refused request. */
export interface FailureNotice {
  title: string
  body: string
  exchangeId: number
}

/** At the most one notice in this time: a client that polls or retries must not flood the screen. */
const EVERY_MS = 15_000

/** Gives a notice for a refused exchange now and then, and null in between; the next one says how many went unsaid. */
export function createFailureNotices(now: () => number): (exchange: ExchangeSummary) => FailureNotice | null {
  let last = Number.NEGATIVE_INFINITY
  let unsaid = 0
  return (exchange) => {
    if (!isRefused(exchange)) return null
    if (now() - last < EVERY_MS) {
      unsaid++
      return null
    }
    last = now()
    const more = unsaid > 0 ? ` (${unsaid} more since the last notice)` : ''
    unsaid = 0
    return { title: titleOf(exchange), body: `${traceWords(exchange)}${more}`, exchangeId: exchange.id }
  }
}

/** No query: it may hold a token, and notifications are kept by the system. */
const titleOf = ({ method, target, status, error }: ExchangeSummary): string =>
  `${method} ${pathOf(target)} refused: ${[status || null, error].filter((part) => part !== null).join(' ')}`
