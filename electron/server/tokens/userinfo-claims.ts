import type { ClaimAccount } from '../../../shared/protocol/claim-layers.ts'
import { claimsOf } from '../../../shared/protocol/token-claims.ts'
import type { Core } from '../core.ts'
import { type ClaimsSubject, claimSources } from './claim-sources.ts'

/** What userinfo says of a user, and where each claim comes from (OpenID Connect Core 1.0 5.3.2). */
export const userinfoClaims = (core: Core, subject: ClaimsSubject & { sub: string }): ClaimAccount =>
  claimsOf('userinfo', { sub: subject.sub }, claimSources(core, subject))
