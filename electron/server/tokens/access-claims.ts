import type { TokenKind } from '../../../shared/contract/operations/tokens.ts'
import { type ClaimAccount, layClaims } from '../../../shared/protocol/claim-layers.ts'
import { claimsOf } from '../../../shared/protocol/token-claims.ts'
import type { Core } from '../core.ts'
import { claimSources } from './claim-sources.ts'
import type { Exchanged, IssueRequest } from './issue.ts'

export type AccessClaimsRequest = Pick<
  IssueRequest,
  'issuer' | 'issuerName' | 'client' | 'user' | 'authentication' | 'exchanged'
> & { requested: IssueRequest['requested'] | null }

/** RFC 9068 2.2. Only an access token has claims of the layers: a refresh or pending token is read by nobody but the issuer. */
export function accessClaims(
  core: Core,
  request: AccessClaimsRequest,
  token: { kind: TokenKind; jti: string; scopes: readonly string[]; lifetime: number },
): ClaimAccount {
  const { issuer, client, user, authentication, exchanged, requested = null } = request
  const { kind, jti, scopes, lifetime } = token
  const now = Math.floor(core.clock.now() / 1000)
  const protocol = {
    iss: issuer,
    aud: audienceOf(issuer, exchanged),
    sub: subjectOf(core, request),
    client_id: client.id,
    iat: now,
    exp: now + lifetime,
    jti,
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    ...authentication,
    ...(exchanged?.act ? { act: exchanged.act } : {}),
  }
  if (kind !== 'access') return layClaims(protocol, [])
  const { issuerName } = request
  return claimsOf(
    'access_token',
    protocol,
    claimSources(core, { issuerName, client, user, scopes, requested }),
  )
}

function subjectOf(
  core: Core,
  { client, user, exchanged }: Pick<AccessClaimsRequest, 'client' | 'user' | 'exchanged'>,
): string {
  if (exchanged) return String(exchanged.subject.claims.sub)
  return user ? core.subjects.of(client, user.id) : client.id
}

function audienceOf(issuer: string, exchanged: Exchanged | undefined): string | string[] {
  const [first, ...more] = exchanged?.audience ?? []
  if (first === undefined) return issuer
  return more.length === 0 ? first : [first, ...more]
}
