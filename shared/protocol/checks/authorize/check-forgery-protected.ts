import { type Check, pass } from '../../check.ts'
import type { PkceFacts } from './facts.ts'

export const checkForgeryProtected: Check<PkceFacts> = {
  id: 'authorize.forgery-protected',
  title: 'The app can tell that the answer belongs to its own request',
  spec: 'RFC 9700 2.1, RFC 6749 10.12',
  levels: { strict: 'warn', standard: 'warn', lenient: 'off' },
  run: ({ codeChallenge, state, nonce }) => {
    const means = [codeChallenge && 'PKCE', nonce && 'nonce', state && 'state'].filter(Boolean)
    if (means.length > 0) return pass(means.join(', '))
    return {
      error: 'invalid_request',
      description: 'None of code_challenge, nonce and state was sent',
      observed: 'no code_challenge, no nonce, no state',
      expected: 'at least one of them, bound to the browser',
      hint: "Without one, anybody can slip the code of their own login into the user's browser.",
    }
  },
}
