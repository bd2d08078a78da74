import type { FindingRule } from './finding.ts'
import { exchangesOf, reusedIn } from './logins.ts'

export const pkceReused: FindingRule = {
  id: 'pkce-reused',
  title: 'The same code challenge is sent with more than one login',
  spec: 'RFC 7636 4.1, 7.1',
  severity: 'error',
  find: (facts) =>
    reusedIn(facts, 'code_challenge').map((reused) => ({
      observed: `the code_challenge of exchange ${reused.first.step.exchange.id}, once more`,
      expected: 'a code_verifier made anew for each login',
      hint: 'A verifier that stays the same fits every stolen code. Make it when the login begins, and throw it away after.',
      exchanges: exchangesOf(reused),
    })),
}
