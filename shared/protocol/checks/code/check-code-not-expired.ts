import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodeNotExpired: Check<CodeFacts> = {
  id: 'code.not-expired',
  title: 'The code has not expired',
  spec: 'RFC 6749 4.1.2',
  run: ({ record, now }) =>
    record && record.expiresAt <= now
      ? {
          error: 'invalid_grant',
          description: 'The authorization code has expired',
          observed: `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}`,
          expected: 'a code that is used within a minute',
        }
      : pass(record ? `ends ${iso(record.expiresAt)}` : undefined),
}
