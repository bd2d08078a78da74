import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenNotExpired: Check<TokenFacts> = {
  id: 'bearer.token-not-expired',
  title: 'The token has not expired',
  spec: 'RFC 9068 4, RFC 7519 4.1.4',
  run: ({ record, claims, now, clock = "the issuer's clock" }) => {
    // The ledger counts: a token can be made to expire early. Without a row only its own exp is left.
    const end = record?.expiresAt ?? Number(claims.exp) * 1000
    if (end > now) return pass(`ends ${iso(end)}`)
    return {
      ...invalidToken('Token expired'),
      observed: Number.isFinite(end)
        ? `expired ${iso(end)}; ${clock} says ${iso(now)}`
        : 'no readable exp claim',
      expected: 'a token that has not expired',
      hint: 'Refresh it: POST /refresh, or grant_type=refresh_token.',
    }
  },
}
