import { type Check, pass } from '../../check.ts'
import type { HintedUserFacts } from './facts.ts'

export const checkHintedUser: Check<HintedUserFacts> = {
  id: 'interaction.hinted-user',
  title: 'The user who logged in is the one of the id_token_hint',
  spec: 'OpenID Connect Core 3.1.2.2',
  run: ({ hintedUserId, userId }) =>
    hintedUserId === null || hintedUserId === userId
      ? pass(userId)
      : {
          error: 'login_required',
          description: 'Another user logged in than the one of the id_token_hint',
          observed: userId,
          expected: hintedUserId,
        },
}
