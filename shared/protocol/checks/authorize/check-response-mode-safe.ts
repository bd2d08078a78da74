import { bearsToken, parseResponseType } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseModeSafe: Check<ResponseFacts> = {
  id: 'authorize.response-mode-safe',
  title: 'A token does not come back in the query',
  spec: 'OAuth 2.0 Multiple Response Types 3, 5, JARM 2.3.1',
  run: ({ responseType = '', responseMode }) => {
    const known = parseResponseType(responseType)
    const inQuery = responseMode === 'query' || responseMode === 'query.jwt'
    if (known === null || !bearsToken(known) || !inQuery) return pass(responseMode ?? 'left out')
    return {
      error: 'invalid_request',
      description: `response_mode=${responseMode} does not go with response_type=${known}`,
      observed: `${responseMode} for ${known}`,
      expected: 'fragment, form_post, or one of them with .jwt',
      hint: 'A query reaches servers, logs and the Referer header of the next page; a fragment stays in the browser.',
    }
  },
}
