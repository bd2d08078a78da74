import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenUnused: Check<RefreshFacts> = {
  id: 'refresh.token-unused',
  title: 'The refresh token is used for the first time',
  spec: 'RFC 9700 4.14.2',
  run: ({ record }) =>
    record === null || record.consumedAt === null
      ? pass()
      : {
          error: 'invalid_grant',
          description: 'Refresh token revoked',
          observed: `used before, ${iso(record.consumedAt)}`,
          expected: 'the newest refresh token of the family',
          hint: 'Each refresh gives a new refresh token: keep that one. A second use looks like theft, so the whole family was revoked.',
        },
}
