import type { ClaimsRequest } from '../../../shared/protocol/claims-parameter.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { ClaimSources } from '../../../shared/protocol/token-claims.ts'
import type { Core } from '../core.ts'
import type { ClientRecord } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import type { UserRecord } from '../store/users.ts'

/** Whose claims they are, and what was granted and asked for. */
export interface ClaimsSubject {
  issuerName: string
  client: ClientRecord
  /** Null when the client acts for itself. */
  user: UserRecord | null
  scopes: readonly string[]
  requested: ClaimsRequest | null
}

/** The layers as they are now, for every token and for userinfo. */
export function claimSources(
  core: Core,
  { issuerName, client, user, scopes, requested }: ClaimsSubject,
): ClaimSources {
  const settings = core.settingsOf(issuerName)
  return {
    issuer: settings.claims,
    client: client.claims,
    user: user?.claims ?? {},
    profile: user ? profileOf(user) : {},
    requested,
    scopes,
    scopeClaims: listScopes(core.database.read),
    idTokenClaims: client.idTokenClaims ?? settings.idTokenClaims,
  }
}

/** A user's own claims, and those that are columns of ours (OpenID Connect Core 1.0 5.1). */
const profileOf = (user: UserRecord): JsonObject => ({
  preferred_username: user.username,
  updated_at: Math.floor(user.updatedAt / 1000),
  ...user.claims,
  name: user.name ?? user.claims.name,
  email: user.email ?? user.claims.email,
})
