import { parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseTypeSupported: Check<ResponseFacts> = {
  id: 'authorize.response-type-supported',
  title: 'The issuer speaks this response_type',
  spec: 'RFC 6749 4.1.2.1, OAuth 2.0 Multiple Response Types 3',
  run: ({ responseType = '', supportedResponseTypes }) => {
    const known = parseResponseType(responseType)
    if (known !== null && supportedResponseTypes.includes(known)) return pass(known)
    return {
      error: 'unsupported_response_type',
      description: `Unsupported response_type ${printable(responseType)}`,
      observed: printable(responseType),
      expected: supportedResponseTypes.join(', '),
      hint:
        known === null
          ? 'Use response_type=code with PKCE.'
          : 'Use response_type=code with PKCE: tokens in the URL of a redirect leak. An app that cannot change needs "Legacy response types" in the settings of the issuer.',
    }
  },
}
