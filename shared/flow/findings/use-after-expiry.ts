import { decodeJwt } from '../../protocol/jwt.ts'
import { iso } from '../../protocol/time.ts'
import { groupBy, idOf, type Step, spanWords, type TraceFacts } from './facts.ts'
import type { FindingRule } from './finding.ts'

/** Time a request may have been under way. */
const TOLERANCE_MS = 1_000

export const useAfterExpiry: FindingRule = {
  id: 'use-after-expiry',
  title: 'An access token is used after it expired',
  spec: 'RFC 6749 4.2.2, 5.1, RFC 6750 3.1',
  severity: 'warning',
  find: (facts) => {
    const ends = endsOf(facts)
    return [...groupBy(facts.steps, ({ token }) => token ?? undefined)].flatMap(([token, uses]) => {
      const end = ends.get(token) ?? expOf(token)
      const late = end === null ? [] : uses.filter(({ began }) => began > end + TOLERANCE_MS)
      if (late.length === 0) return []
      return {
        // Who learns of it from the first 401 and refreshes then is slow, not wrong.
        severity: late.length > 1 ? 'warning' : 'info',
        observed: `expired ${iso(end!)}, and used ${spanWords(late.at(-1)!.began - end!)} later${late.length > 1 ? `, ${late.length} times in all` : ''}`,
        expected: 'a new token before expires_in has passed, or after the first 401 at the latest',
        hint: 'Keep now + expires_in with the token, take off some seconds for clocks that differ, and refresh then.',
        exchanges: late.map(idOf),
      }
    })
  },
}

/** When the tokens given out here end, as the app was told. */
const endsOf = ({ steps }: TraceFacts): Map<string, number> =>
  new Map(
    steps.flatMap(({ answer, exchange: { at } }: Step): [string, number][] => {
      const { access_token: token, expires_in: lifetime } = answer
      return typeof token === 'string' && typeof lifetime === 'number' ? [[token, at + lifetime * 1000]] : []
    }),
  )

function expOf(token: string): number | null {
  const exp = decodeJwt(token).claims?.exp
  return typeof exp === 'number' ? exp * 1000 : null
}
