import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { UserCodeFacts } from './facts.ts'

export const checkUserCodeNotExpired: Check<UserCodeFacts> = {
  id: 'user-code.not-expired',
  title: 'The user code has not expired',
  spec: 'RFC 8628 3.2, 3.3',
  run: ({ record, now }) =>
    record && record.expiresAt <= now
      ? {
          error: 'invalid_request',
          description: 'This code has expired',
          observed: `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}`,
          expected: 'a new code',
          hint: 'Start again on your device.',
        }
      : pass(record ? `ends ${iso(record.expiresAt)}` : undefined),
}
