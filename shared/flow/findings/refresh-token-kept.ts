import { idOf } from './facts.ts'
import type { FindingRule } from './finding.ts'
import { reusedRefreshTokens } from './refresh-reuse.ts'

export const refreshTokenKept: FindingRule = {
  id: 'refresh-token-kept',
  title: 'An old refresh token is sent although a new one was given',
  spec: 'RFC 6749 6, RFC 9700 4.14.2',
  severity: 'error',
  find: (facts) =>
    reusedRefreshTokens(facts).flatMap(({ first, later }) => {
      if (later.length === 0) return []
      return {
        observed: `exchange ${idOf(first)} gave a new refresh token, and the old one came again`,
        expected: 'the refresh token of the latest answer',
        hint: 'Store the refresh_token of every answer that has one, and forget the one before.',
        exchanges: [first, ...later].map(idOf),
      }
    }),
}
