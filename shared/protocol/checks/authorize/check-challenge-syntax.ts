import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { PkceFacts } from './facts.ts'

export const checkChallengeSyntax: Check<PkceFacts> = {
  id: 'authorize.challenge-syntax',
  title: 'The code_challenge is 43 to 128 unreserved characters',
  spec: 'RFC 7636 4.2',
  levels: { lenient: 'warn' },
  run: ({ codeChallenge, codeChallengeMethod }) => {
    if (codeChallenge === undefined) return pass()
    const hashed = codeChallengeMethod === 'S256'
    const form = hashed ? /^[A-Za-z0-9_-]{43}$/ : /^[A-Za-z0-9._~-]{43,128}$/
    if (form.test(codeChallenge)) return pass(`${codeChallenge.length} characters`)
    return {
      error: 'invalid_request',
      description: 'The code_challenge is not well formed',
      observed: `${codeChallenge.length} characters: ${printable(codeChallenge)}`,
      expected: hashed
        ? '43 characters: the SHA-256 as base64url without padding'
        : '43 to 128 of A-Z a-z 0-9 - . _ ~',
    }
  },
}
