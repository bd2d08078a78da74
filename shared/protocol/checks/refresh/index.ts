import { checkRefreshRotationSafe } from './check-refresh-rotation-safe.ts'
import { checkRefreshScopeNarrows } from './check-refresh-scope-narrows.ts'
import { checkRefreshTokenGenuine } from './check-refresh-token-genuine.ts'
import { checkRefreshTokenNotExpired } from './check-refresh-token-not-expired.ts'
import { checkRefreshTokenNotRevoked } from './check-refresh-token-not-revoked.ts'
import { checkRefreshTokenOfClient } from './check-refresh-token-of-client.ts'
import { checkRefreshTokenPresent } from './check-refresh-token-present.ts'
import { checkRefreshTokenUnused } from './check-refresh-token-unused.ts'

export type { RefreshFacts } from './facts.ts'

export const refreshChecks = [
  checkRefreshTokenPresent,
  checkRefreshTokenGenuine,
  checkRefreshTokenOfClient,
  checkRefreshTokenNotRevoked,
  checkRefreshTokenUnused,
  checkRefreshTokenNotExpired,
  checkRefreshRotationSafe,
  checkRefreshScopeNarrows,
] as const
