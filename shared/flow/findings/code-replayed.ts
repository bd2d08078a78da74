import { accepted, groupBy, idOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const codeReplayed: FindingRule = {
  id: 'code-replayed',
  title: 'An authorization code is sent again after it was redeemed',
  spec: 'RFC 6749 4.1.2, 10.5',
  severity: 'error',
  find: ({ steps }) => {
    const redemptions = steps.filter(({ exchange }) => exchange.grantType === 'authorization_code')
    return [...groupBy(redemptions, ({ parameters }) => parameters.get('code')).values()].flatMap((uses) => {
      const redeemed = uses.findIndex(accepted)
      const replays = redeemed < 0 ? [] : uses.slice(redeemed + 1)
      if (replays.length === 0) return []
      return {
        observed: `redeemed in exchange ${idOf(uses[redeemed]!)}, and sent again ${replays.length === 1 ? 'once' : `${replays.length} times`}`,
        expected: 'a code that is redeemed once',
        hint: 'A second use looks like theft, and revokes the tokens of the first. Often the callback runs twice: a page that renders twice, a reload, a retry of the HTTP client.',
        exchanges: [uses[redeemed]!, ...replays].map(idOf),
      }
    })
  },
}
