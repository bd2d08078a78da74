import type { FindingRule } from './finding.ts'
import { exchangesOf, quoted, reusedIn } from './logins.ts'

export const stateConstant: FindingRule = {
  id: 'state-constant',
  title: 'The same state is sent with more than one login',
  spec: 'RFC 6749 10.12, RFC 9700 4.7.1',
  severity: 'error',
  find: (facts) =>
    reusedIn(facts, 'state').map((reused) => ({
      observed: `state ${quoted(reused.value)}, as in exchange ${reused.first.step.exchange.id}`,
      expected: 'a state that nobody can guess, made anew for each login',
      hint: 'A state that stays the same protects from nothing: whoever knows one knows all. Keep a random one in the session of the browser.',
      exchanges: exchangesOf(reused),
    })),
}
