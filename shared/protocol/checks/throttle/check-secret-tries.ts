import type { Check } from '../../check.ts'
import { clientRefusal } from '../client/facts.ts'
import { judgeTries, type TriesFacts } from './facts.ts'

export const checkSecretTries: Check<TriesFacts> = {
  id: 'throttle.secret',
  title: "The client's secret is not being guessed",
  spec: 'RFC 6749 2.3.1, 10.10',
  levels: { lenient: 'off' },
  run: (facts) =>
    judgeTries(facts, 'secrets', {
      ...clientRefusal,
      hint: 'The exchanges before this one say what was wrong with the secret. Mend that and wait, or move the clock; the level of this check switches it off.',
    }),
}
