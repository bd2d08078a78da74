import { type Check, pass } from '../../check.ts'
import type { Refusal } from '../../errors.ts'

export interface ActiveFacts {
  user: { active: boolean } | null
}

/** Its own rule, apart from "can we trust the token": topic 6 of the tutorial. */
export const checkUserActive = (refusal: Pick<Refusal, 'error' | 'challenge'>): Check<ActiveFacts> => ({
  id: 'user.active',
  title: 'The user is active',
  spec: 'RFC 6749 5.2',
  run: ({ user }) =>
    user === null || user.active
      ? pass()
      : {
          ...refusal,
          description: 'Inactive user',
          observed: 'the user is switched off',
          expected: 'an active user',
          hint: 'Switch the user on in Users.',
        },
})
