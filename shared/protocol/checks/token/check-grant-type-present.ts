import { type Check, pass } from '../../check.ts'
import type { GrantTypeFacts } from './facts.ts'

export const checkGrantTypePresent: Check<GrantTypeFacts> = {
  id: 'token.grant-type-present',
  title: 'grant_type is there',
  spec: 'RFC 6749 4.3.2, 5.2',
  run: ({ grantType, supported }) =>
    grantType === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter grant_type is missing',
          observed: 'no grant_type',
          expected: supported.join(', '),
        }
      : pass(grantType),
}
