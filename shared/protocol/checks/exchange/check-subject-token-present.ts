import { type Check, pass } from '../../check.ts'
import type { ExchangeParameters } from './facts.ts'

export const checkSubjectTokenPresent: Check<ExchangeParameters> = {
  id: 'exchange.subject-token-present',
  title: 'subject_token and subject_token_type are there',
  spec: 'RFC 8693 2.1',
  run: ({ subjectToken, subjectTokenType }) => {
    const missing = subjectToken === undefined ? 'subject_token' : 'subject_token_type'
    if (subjectToken !== undefined && subjectTokenType !== undefined) return pass()
    return {
      error: 'invalid_request',
      description: `Parameter ${missing} is missing`,
      observed: `no ${missing}`,
      expected: 'a token that says on whose behalf the request is made, and its type',
    }
  },
}
