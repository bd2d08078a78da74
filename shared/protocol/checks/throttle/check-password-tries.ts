import { type Check, pass } from '../../check.ts'
import { type TriesFacts, tooMany } from './facts.ts'

/** Counted for names that nobody has, too: else it would tell which names there are. */
export const checkPasswordTries: Check<TriesFacts> = {
  id: 'throttle.password',
  title: "The user's password is not being guessed",
  spec: 'RFC 6749 4.3.2, 10.10',
  levels: { lenient: 'off' },
  run: (facts) =>
    facts.wrong < facts.limit
      ? pass(`${facts.wrong} wrong of late`)
      : {
          error: 'invalid_grant',
          ...tooMany(facts, 'passwords'),
          hint: 'Wait, or move the clock; the level of this check switches it off.',
        },
}
