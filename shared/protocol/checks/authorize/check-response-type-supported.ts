import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseTypeSupported: Check<ResponseFacts> = {
  id: 'authorize.response-type-supported',
  title: 'The issuer speaks this response_type',
  spec: 'RFC 6749 4.1.2.1, RFC 9700 2.1.2',
  run: ({ responseType = '', supportedResponseTypes }) =>
    supportedResponseTypes.includes(responseType)
      ? pass(responseType)
      : {
          error: 'unsupported_response_type',
          description: `Unsupported response_type ${printable(responseType)}`,
          observed: printable(responseType),
          expected: supportedResponseTypes.join(', '),
          hint: 'Tokens in the URL of a redirect leak: use response_type=code with PKCE.',
        },
}
