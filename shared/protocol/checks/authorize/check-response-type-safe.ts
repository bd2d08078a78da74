import { bearsToken, parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseTypeSafe: Check<ResponseFacts> = {
  id: 'authorize.response-type-safe',
  title: 'No token passes through the browser',
  spec: 'RFC 9700 2.1.2, RFC 6749 10.3',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ responseType = '' }) => {
    const known = parseResponseType(responseType)
    if (known === null || !bearsToken(known)) return pass(known ?? undefined)
    return {
      error: 'unsupported_response_type',
      description: `response_type=${known} brings tokens through the browser`,
      observed: known,
      expected: 'code',
      hint: 'Tokens in the URL of a redirect stay in the history, and leak to scripts and logs: use response_type=code with PKCE.',
    }
  },
}
