import { asksFor, parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkNoncePresent: Check<ResponseFacts> = {
  id: 'authorize.nonce-present',
  title: 'Who gets an ID token through the browser sends a nonce',
  spec: 'OpenID Connect Core 3.2.2.1, 3.3.2.11',
  levels: { lenient: 'warn' },
  run: ({ responseType = '', nonce }) => {
    const known = parseResponseType(responseType)
    if (known === null || !asksFor(known, 'id_token')) return pass()
    if (nonce !== undefined) return pass('nonce is there')
    return {
      error: 'invalid_request',
      description: `nonce is missing, which response_type=${known} needs`,
      observed: 'no nonce',
      expected: 'a random value of this browser session, which the ID token brings back',
      hint: 'Without one, an ID token of another login can be slipped in.',
    }
  },
}
