import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { PushedFacts } from './facts.ts'

export const checkRequestUriNotExpired: Check<PushedFacts> = {
  id: 'pushed.request-uri-not-expired',
  title: 'The request_uri has not expired',
  spec: 'RFC 9126 2.2, 4',
  run: ({ record, now }) =>
    record && record.expiresAt <= now
      ? {
          error: 'invalid_request_uri',
          description: 'The request_uri has expired',
          observed: `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}`,
          expected: 'a request_uri that is used within a minute',
          hint: 'Push the request when the user presses Log in, not when the page loads.',
        }
      : pass(record ? `ends ${iso(record.expiresAt)}` : undefined),
}
