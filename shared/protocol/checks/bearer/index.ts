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

export { checkScopeSufficient } from './check-scope-sufficient.ts'
export type { AccessFacts, PresentationFacts, ResourceFacts, TokenFacts } from './facts.ts'

/** How the token came, in order. */
export const presentationChecks = [checkOnePlace, checkTokenPresent] as const
/** Whether the token holds, in order. */
export const tokenChecks = [
  checkTokenGenuine,
  checkTokenType,
  checkTokenIssuer,
  checkTokenAudience,
  checkTokenStored,
  checkTokenNotRevoked,
  checkTokenNotExpired,
] as const
/** Whether a pending token may come this way. */
export const accessChecks = [checkTokenAccepted] as const
