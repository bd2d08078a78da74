import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkVerifierExpected: Check<CodeFacts> = {
  id: 'code.verifier-expected',
  title: 'A verifier comes only with a code that has a challenge',
  spec: 'RFC 9700 2.1.1, 4.8.2',
  levels: { lenient: 'warn' },
  run: ({ record, codeVerifier }) =>
    codeVerifier !== undefined && !record?.codeChallenge
      ? {
          error: 'invalid_grant',
          description: 'code_verifier was sent, but the authorization request had no code_challenge',
          observed: 'a code_verifier without a challenge',
          expected: 'code_challenge in the authorization request',
          hint: 'Either the app forgot it there, or somebody took it out on the way (PKCE downgrade).',
        }
      : pass(),
}
