import { type Check, pass } from '../../check.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenGenuine: Check<RefreshFacts> = {
  id: 'refresh.token-genuine',
  title: 'The refresh token is one this issuer signed',
  spec: 'RFC 6749 6, 10.4',
  run: ({ signature, reason }) =>
    signature === 'valid'
      ? pass(reason)
      : {
          error: 'invalid_grant',
          description: 'Invalid refresh token',
          observed: reason,
          expected: "a token signed with the issuer's refresh key",
        },
}
