import { type Check, pass } from '../../check.ts'
import type { PkceFacts } from './facts.ts'

export const checkPkcePresent: Check<PkceFacts> = {
  id: 'authorize.pkce-present',
  title: 'A public client sends a code_challenge',
  spec: 'RFC 9700 2.1.1, RFC 7636 4.4.1',
  levels: { standard: 'warn', lenient: 'warn' },
  run: ({ isPublic, codeChallenge }) => {
    if (codeChallenge !== undefined) return pass('code_challenge is there')
    if (!isPublic) return pass('none, and the client has a secret')
    return {
      error: 'invalid_request',
      description: 'code_challenge is missing: a public client must use PKCE',
      observed: 'no code_challenge',
      expected: 'code_challenge, with code_challenge_method=S256',
      hint: 'Whoever catches the code could use it: make a code_verifier, and send its SHA-256.',
    }
  },
}
