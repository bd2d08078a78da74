import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodePresent: Check<CodeFacts> = {
  id: 'code.present',
  title: 'code is there',
  spec: 'RFC 6749 4.1.3',
  run: ({ code }) =>
    code === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter code is missing',
          observed: 'no code',
          expected: 'the code from the redirect',
        }
      : pass(),
}
