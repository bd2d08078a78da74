import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { PromptFacts } from './facts.ts'

export const checkMaxAge: Check<PromptFacts> = {
  id: 'authorize.max-age',
  title: 'max_age is a number of seconds',
  spec: 'OpenID Connect Core 3.1.2.1',
  run: ({ maxAge }) =>
    maxAge === undefined || /^\d{1,10}$/.test(maxAge)
      ? pass(maxAge ?? 'left out')
      : {
          error: 'invalid_request',
          description: 'max_age must be a number of seconds',
          observed: printable(maxAge),
          expected: 'a whole number, 0 or more',
        },
}
