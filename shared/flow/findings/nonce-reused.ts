import type { FindingRule } from './finding.ts'
import { exchangesOf, quoted, reusedIn } from './logins.ts'

export const nonceReused: FindingRule = {
  id: 'nonce-reused',
  title: 'The same nonce is sent with more than one login',
  spec: 'OpenID Connect Core 1.0 15.5.2, RFC 9700 2.1.1',
  severity: 'error',
  find: (facts) =>
    reusedIn(facts, 'nonce').map((reused) => ({
      observed: `nonce ${quoted(reused.value)}, as in exchange ${reused.first.step.exchange.id}`,
      expected: 'a nonce that nobody can guess, made anew for each login',
      hint: 'The ID token of one login fits every other: it can be replayed.',
      exchanges: exchangesOf(reused),
    })),
}
