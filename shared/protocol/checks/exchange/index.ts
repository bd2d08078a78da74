import { checkActorTokenPair } from './check-actor-token-pair.ts'
import { checkActorTokenType } from './check-actor-token-type.ts'
import { checkAudience } from './check-audience.ts'
import { checkChainBounded } from './check-chain-bounded.ts'
import { checkMayAct } from './check-may-act.ts'
import { checkRequestedTokenType } from './check-requested-token-type.ts'
import { checkSubjectTokenPresent } from './check-subject-token-present.ts'
import { checkSubjectTokenType } from './check-subject-token-type.ts'
import { checkTokenLive } from './check-token-live.ts'
import { checkTokenOfIssuer } from './check-token-of-issuer.ts'

export { checkClientConfidential } from './check-client-confidential.ts'
export { checkExchangeScopeNarrows } from './check-exchange-scope-narrows.ts'
export { ACCESS_TOKEN, type HandedTokenFacts, type PartiesFacts } from './facts.ts'

/** What a token exchange asks of its parameters, in order. */
export const exchangeParameterChecks = [
  checkSubjectTokenPresent,
  checkSubjectTokenType,
  checkActorTokenPair,
  checkActorTokenType,
  checkRequestedTokenType,
] as const

/** Of each token handed in. */
export const handedTokenChecks = [checkTokenOfIssuer, checkTokenLive] as const

export const partiesChecks = [checkMayAct, checkChainBounded] as const

export const targetChecks = [checkAudience] as const
