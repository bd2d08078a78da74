import { type Check, pass } from '../../check.ts'
import type { ExchangeParameters } from './facts.ts'

export const checkActorTokenPair: Check<ExchangeParameters> = {
  id: 'exchange.actor-token-pair',
  title: 'actor_token and actor_token_type come together',
  spec: 'RFC 8693 2.1',
  run: ({ actorToken, actorTokenType }) => {
    if ((actorToken === undefined) === (actorTokenType === undefined)) return pass()
    const [sent, missing] =
      actorToken === undefined ? ['actor_token_type', 'actor_token'] : ['actor_token', 'actor_token_type']
    return {
      error: 'invalid_request',
      description: `Parameter ${missing} is missing`,
      observed: `${sent} alone`,
      expected: 'both for a delegation, none for an impersonation',
    }
  },
}
