import { accepted, idOf } from './facts.ts'
import type { FindingRule } from './finding.ts'
import { reusedRefreshTokens } from './refresh-reuse.ts'

export const refreshParallel: FindingRule = {
  id: 'refresh-parallel',
  title: 'One refresh token is used by several requests at once',
  spec: 'RFC 9700 4.14.2',
  severity: 'error',
  find: (facts) =>
    reusedRefreshTokens(facts).flatMap(({ first, parallel }) => {
      if (parallel.length === 0) return []
      const all = [first, ...parallel].sort((a, b) => idOf(a) - idOf(b))
      return {
        severity: all.every(accepted) ? 'warning' : 'error',
        observed: `${all.length} refreshes with the same token at once, of which ${all.filter(accepted).length} got tokens`,
        expected: 'one refresh, whose answer all that wait for it share',
        hint: 'Keep the promise of the refresh that is running, and let every request that meets a 401 await it; over several tabs or processes, use a lock. The loser looks like a thief, and costs the family.',
        exchanges: all.map(idOf),
      }
    }),
}
