import { type Check, pass } from '../../check.ts'
import { ACCESS_TOKEN, type ExchangeParameters } from './facts.ts'

export const checkRequestedTokenType: Check<ExchangeParameters> = {
  id: 'exchange.requested-token-type',
  title: 'The issuer gives tokens of the type that is asked for',
  spec: 'RFC 8693 2.1, 2.2.2',
  run: ({ requestedTokenType = ACCESS_TOKEN }) =>
    requestedTokenType === ACCESS_TOKEN
      ? pass(requestedTokenType)
      : {
          error: 'invalid_request',
          description: 'Unsupported requested_token_type',
          observed: requestedTokenType.slice(0, 200),
          expected: `${ACCESS_TOKEN}, or none`,
        },
}
