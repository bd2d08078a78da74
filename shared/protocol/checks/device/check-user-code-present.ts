import { type Check, pass } from '../../check.ts'
import type { UserCodeFacts } from './facts.ts'

export const checkUserCodePresent: Check<UserCodeFacts> = {
  id: 'user-code.present',
  title: 'A user code was typed in',
  spec: 'RFC 8628 3.3',
  run: ({ userCode }) =>
    userCode === ''
      ? {
          error: 'invalid_request',
          description: 'Type in the code your device shows',
          observed: 'no letters',
          expected: 'the user_code, in any case, with or without its dash',
        }
      : pass(),
}
