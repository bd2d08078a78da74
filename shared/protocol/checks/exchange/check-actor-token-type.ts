import { type Check, pass } from '../../check.ts'
import { type ExchangeParameters, handedTypes } from './facts.ts'

export const checkActorTokenType: Check<ExchangeParameters> = {
  id: 'exchange.actor-token-type',
  title: 'The issuer takes this actor_token_type',
  spec: 'RFC 8693 2.1, 3',
  run: ({ actorTokenType }) =>
    actorTokenType === undefined || handedTypes.includes(actorTokenType)
      ? pass(actorTokenType ?? 'no actor')
      : {
          error: 'invalid_request',
          description: 'Unsupported actor_token_type',
          observed: actorTokenType.slice(0, 200),
          expected: handedTypes.join(' or '),
        },
}
