import { type Check, pass } from '../../check.ts'
import { isSpent } from '../../refresh-rotation.ts'
import { iso } from '../../time.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenUnused: Check<RefreshFacts> = {
  id: 'refresh.token-unused',
  title: 'The refresh token is used for the first time, or within the grace period after it',
  spec: 'RFC 9700 4.14.2',
  run: ({ record, rotation, successor, now }) => {
    if (record === null || record.consumedAt === null) return pass()
    const gave = successor === null ? '' : `, which gave the refresh token ${successor}`
    const observed = `used before, ${iso(record.consumedAt)}, ${now - record.consumedAt} ms ago${gave}`
    if (!isSpent(record.consumedAt, rotation, now)) return pass(observed)
    return {
      error: 'invalid_grant',
      description: 'Refresh token revoked',
      observed,
      expected:
        rotation.policy === 'grace'
          ? `the newest refresh token of the family, or a use within ${rotation.gracePeriod} s of the first`
          : 'the newest refresh token of the family',
      hint: 'Each refresh gives a new refresh token: keep that one, and let only one request at a time refresh. A second use looks like theft, so the whole family was revoked.',
    }
  },
}
