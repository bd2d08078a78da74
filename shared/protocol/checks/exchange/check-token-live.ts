import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { HandedTokenFacts } from './facts.ts'

export const checkTokenLive: Check<HandedTokenFacts> = {
  id: 'exchange.token-live',
  title: 'The token handed in is neither revoked nor expired',
  spec: 'RFC 8693 2.1, 2.2.2',
  run: (facts) => {
    const problem = endOf(facts)
    if (problem === null) return pass(`${facts.role}_token ends ${iso(facts.record!.expiresAt)}`)
    return {
      error: 'invalid_request',
      description: `The ${facts.role}_token has expired or was revoked`,
      observed: `${facts.role}_token ${problem}`,
      expected: 'a token that is active',
      hint: 'Introspection says whether a token is active.',
    }
  },
}

function endOf({ record, now }: HandedTokenFacts): string | null {
  if (record === null) return 'is not stored'
  if (record.revokedAt !== null) return `revoked ${iso(record.revokedAt)}: ${record.revokedReason}`
  if (record.consumedAt !== null) return `used up ${iso(record.consumedAt)}`
  const expired = record.expiresAt <= now
  return expired ? `expired ${iso(record.expiresAt)}; the issuer's clock says ${iso(now)}` : null
}
