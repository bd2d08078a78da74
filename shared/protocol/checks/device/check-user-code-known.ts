import { type Check, pass } from '../../check.ts'
import type { UserCodeFacts } from './facts.ts'

export const checkUserCodeKnown: Check<UserCodeFacts> = {
  id: 'user-code.known',
  title: 'The user code is one a device was given',
  spec: 'RFC 8628 3.3',
  run: ({ record }) =>
    record
      ? pass()
      : {
          error: 'invalid_request',
          description: 'No device shows this code',
          observed: 'a user_code that is not stored',
          expected: 'the user_code the device authorization endpoint gave',
        },
}
