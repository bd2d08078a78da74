import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkRedirectUriSame: Check<CodeFacts> = {
  id: 'code.redirect-uri-same',
  title: 'redirect_uri is that of the authorization request',
  spec: 'RFC 6749 4.1.3',
  levels: { lenient: 'warn' },
  run: ({ record, redirectUri }) => {
    const expected = record?.redirectUri ?? null
    // OAuth 2.1 leaves the parameter out: where PKCE binds the code, its absence is no weakness.
    if (redirectUri === undefined && (expected === null || record?.codeChallenge)) return pass('left out')
    if (redirectUri !== undefined && (expected === null || expected === redirectUri)) return pass(redirectUri)
    return {
      error: 'invalid_grant',
      description: 'redirect_uri differs from that of the authorization request',
      observed: redirectUri ?? 'no redirect_uri',
      expected: expected ?? 'none',
    }
  },
}
