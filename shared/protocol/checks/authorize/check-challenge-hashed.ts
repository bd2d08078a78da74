import { type Check, pass } from '../../check.ts'
import type { PkceFacts } from './facts.ts'

export const checkChallengeHashed: Check<PkceFacts> = {
  id: 'authorize.challenge-hashed',
  title: 'The code_challenge is a hash (S256)',
  spec: 'RFC 9700 2.1.1, RFC 7636 4.2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ codeChallenge, codeChallengeMethod }) =>
    codeChallenge === undefined || codeChallengeMethod === 'S256'
      ? pass()
      : {
          error: 'invalid_request',
          description: 'code_challenge_method must be S256',
          observed: codeChallengeMethod === undefined ? 'plain, since the method was left out' : 'plain',
          expected: 'S256',
          hint: 'With plain the verifier itself passes through the browser, where it was to be kept from.',
        },
}
