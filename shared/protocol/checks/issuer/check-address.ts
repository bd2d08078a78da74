import { type Check, pass } from '../../check.ts'
import type { AddressFacts } from './facts.ts'

export const checkAddress: Check<AddressFacts> = {
  id: 'issuer.address',
  title: 'The client reaches the issuer under the URL the issuer goes by',
  spec: 'RFC 8414 3.3, RFC 9207 2.4',
  levels: { strict: 'warn', standard: 'warn', lenient: 'warn' },
  run: ({ seen, issuer, fixed }) =>
    seen === new URL(issuer).origin
      ? pass(seen)
      : {
          error: 'invalid_request',
          description: 'The issuer goes by another URL',
          observed: `asked under ${seen}`,
          expected: `the issuer's own URL, ${issuer}`,
          hint: fixed
            ? `Clients compare the two and refuse: point them at ${issuer}, start with another --issuer, or let the proxy between pass Host or X-Forwarded-Host on.`
            : `Clients compare the two and refuse: start with --allowed-host ${new URL(seen).hostname}, or fix the URL with --issuer.`,
        },
}
