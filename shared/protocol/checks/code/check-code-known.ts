import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodeKnown: Check<CodeFacts> = {
  id: 'code.known',
  title: 'The code is one this issuer gave out',
  spec: 'RFC 6749 4.1.3, 5.2',
  run: ({ record }) =>
    record
      ? pass()
      : {
          error: 'invalid_grant',
          description: 'Invalid authorization code',
          observed: 'a code that is not stored',
          expected: 'the code from the redirect, to the letter',
          hint: 'Look whether it was cut, or decoded twice.',
        },
}
