import { type Check, pass } from '../../check.ts'
import { type ExchangeParameters, handedTypes } from './facts.ts'

export const checkSubjectTokenType: Check<ExchangeParameters> = {
  id: 'exchange.subject-token-type',
  title: 'The issuer takes this subject_token_type',
  spec: 'RFC 8693 2.1, 3',
  run: ({ subjectTokenType = '' }) =>
    handedTypes.includes(subjectTokenType)
      ? pass(subjectTokenType)
      : {
          error: 'invalid_request',
          description: 'Unsupported subject_token_type',
          observed: subjectTokenType.slice(0, 200) || 'nothing',
          expected: handedTypes.join(' or '),
        },
}
