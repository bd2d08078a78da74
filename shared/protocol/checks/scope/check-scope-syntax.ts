import { type Check, pass } from '../../check.ts'
import type { ScopeFacts } from './facts.ts'

export const checkScopeSyntax: Check<ScopeFacts> = {
  id: 'scope.syntax',
  title: 'scope is a list of scope-tokens with spaces between',
  spec: 'RFC 6749 3.3',
  run: ({ value, requested }) =>
    requested === null
      ? {
          error: 'invalid_scope',
          description: 'The scope holds a character that is not allowed',
          observed: value ?? '',
          expected: 'printable ASCII without double quote and backslash, separated by spaces',
        }
      : pass(value ?? 'left out'),
}
