import type { Check } from '../../check.ts'
import { judgeTries, type TriesFacts } from './facts.ts'

/** Counted for names that nobody has, too: else it would tell which names there are. */
export const checkPasswordTries: Check<TriesFacts> = {
  id: 'throttle.password',
  title: "The user's password is not being guessed",
  spec: 'RFC 6749 4.3.2, 10.10',
  levels: { lenient: 'off' },
  run: (facts) =>
    judgeTries(facts, 'passwords', {
      error: 'invalid_grant',
      hint: 'Wait, or move the clock; the level of this check switches it off.',
    }),
}
