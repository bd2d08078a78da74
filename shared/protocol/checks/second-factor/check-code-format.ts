import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkCodeFormat: Check<CodeFacts> = {
  id: 'second-factor.code-format',
  title: 'The code is six digits',
  spec: 'RFC 4226 5.3',
  run: ({ code }) =>
    code !== undefined && /^\d{6}$/.test(code)
      ? pass()
      : {
          error: 'invalid_request',
          description: code === undefined ? 'Parameter code is missing' : 'The code must be six digits',
          observed: code === undefined ? 'no code' : `${code.length} characters`,
          expected: 'six digits',
          hint: 'Send the code as text: as a JSON number it would lose leading zeros.',
        },
}
