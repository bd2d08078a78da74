import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { GrantTypeFacts } from './facts.ts'

export const checkGrantTypeSupported: Check<GrantTypeFacts> = {
  id: 'token.grant-type-supported',
  title: 'The issuer speaks this grant_type',
  spec: 'RFC 6749 5.2',
  run: ({ grantType = '', supported }) =>
    supported.includes(grantType)
      ? pass(grantType)
      : {
          error: 'unsupported_grant_type',
          description: `Unsupported grant_type ${printable(grantType)}`,
          observed: grantType,
          expected: supported.join(', '),
        },
}
