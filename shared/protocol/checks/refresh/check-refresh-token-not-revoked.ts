import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenNotRevoked: Check<RefreshFacts> = {
  id: 'refresh.token-not-revoked',
  title: 'The refresh token is stored and not revoked',
  spec: 'RFC 6749 5.2, RFC 7009 2',
  run: ({ record }) => {
    if (record && record.revokedAt === null) return pass()
    return {
      error: 'invalid_grant',
      description: 'Refresh token revoked',
      observed: record
        ? `revoked ${iso(record.revokedAt!)}: ${record.revokedReason}`
        : 'a genuine token that is not stored any more',
      expected: 'a stored token that is not revoked',
    }
  },
}
