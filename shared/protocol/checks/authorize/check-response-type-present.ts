import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseTypePresent: Check<ResponseFacts> = {
  id: 'authorize.response-type-present',
  title: 'response_type is there',
  spec: 'RFC 6749 3.1.1, 4.1.2.1',
  run: ({ responseType, supportedResponseTypes }) =>
    responseType === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter response_type is missing',
          observed: 'no response_type',
          expected: supportedResponseTypes.join(', '),
        }
      : pass(responseType),
}
