import { type Check, pass } from '../../check.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshTokenPresent: Check<RefreshFacts> = {
  id: 'refresh.token-present',
  title: 'refresh_token is there',
  spec: 'RFC 6749 6',
  run: ({ token }) =>
    token === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter refresh_token is missing',
          observed: 'no refresh_token',
          expected: 'a refresh token of this issuer',
        }
      : pass(),
}
