import type { Check } from '../../../shared/protocol/check.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'

export const NOW = Date.UTC(2031, 3, 6, 12)

/** One check with facts that pass, and facts that fail beside what the refusal must hold. */
export interface CheckCase {
  check: Check<never>
  passes: unknown[]
  fails: [facts: unknown, refusal: Partial<Refusal>][]
}

export const of = <Facts>(
  check: Check<Facts>,
  passes: Facts[],
  fails: [facts: Facts, refusal: Partial<Refusal>][],
): CheckCase => ({ check: check as Check<never>, passes, fails })

export const invalidClient = { error: 'invalid_client', status: 401 } as const
export const invalidToken = { error: 'invalid_token', status: 401 } as const
export const invalidGrant = { error: 'invalid_grant' } as const
export const invalidRequest = { error: 'invalid_request' } as const
