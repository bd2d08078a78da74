import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodeUnused: Check<CodeFacts> = {
  id: 'code.unused',
  title: 'The code is used for the first time',
  spec: 'RFC 6749 4.1.2, 10.5',
  run: ({ record }) =>
    record?.consumedAt
      ? {
          error: 'invalid_grant',
          description: 'The authorization code was used before',
          observed: `used before, ${iso(record.consumedAt)}`,
          expected: 'a code that is used once',
          hint: 'A second use looks like theft, so the tokens of the first were revoked. Does the page of the redirect load twice?',
        }
      : pass(),
}
