import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenNotExpired: Check<RefreshFacts> = {
  id: 'refresh.token-not-expired',
  title: 'The refresh token has not expired',
  spec: 'RFC 6749 5.2',
  run: ({ record, now }) =>
    record && record.expiresAt <= now
      ? {
          error: 'invalid_grant',
          description: 'Invalid refresh token',
          observed: `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}`,
          expected: 'a token that has not expired',
          hint: 'The user has to log in again.',
        }
      : pass(record ? `ends ${iso(record.expiresAt)}` : undefined),
}
