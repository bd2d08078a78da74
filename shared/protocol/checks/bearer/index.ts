import type { Check } from '../../check.ts'
import { checkOnePlace } from './check-one-place.ts'
import { checkTokenAccepted } from './check-token-accepted.ts'
import { checkTokenAudience } from './check-token-audience.ts'
import { checkTokenGenuine } from './check-token-genuine.ts'
import { checkTokenIssuer } from './check-token-issuer.ts'
import { checkTokenNotExpired } from './check-token-not-expired.ts'
import { checkTokenNotRevoked } from './check-token-not-revoked.ts'
import { checkTokenPresent } from './check-token-present.ts'
import { checkTokenStored } from './check-token-stored.ts'
import { checkTokenType } from './check-token-type.ts'
import type { TokenFacts } from './facts.ts'

export { checkScopeSufficient } from './check-scope-sufficient.ts'
export { checkTokenGenuine } from './check-token-genuine.ts'
export { checkTokenNotExpired } from './check-token-not-expired.ts'
export { checkTokenNotRevoked } from './check-token-not-revoked.ts'
export { checkTokenStored } from './check-token-stored.ts'
export { checkUserPresent } from './check-user-present.ts'
export type { AccessFacts, PresentationFacts, ResourceFacts, TokenFacts } from './facts.ts'

/** How the token came, in order. */
export const presentationChecks = [checkOnePlace, checkTokenPresent] as const
/** Whether the token holds, in order. */
export const tokenChecks: readonly Check<TokenFacts>[] = [
  checkTokenGenuine,
  checkTokenType,
  checkTokenIssuer,
  checkTokenAudience,
  checkTokenStored,
  checkTokenNotRevoked,
  checkTokenNotExpired,
]
/** Whether a pending token may come this way. */
export const accessChecks = [checkTokenAccepted] as const
