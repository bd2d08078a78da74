import type { TokenKind } from '../../../shared/contract/operations/tokens.ts'
import { type ClaimAccount, layClaims } from '../../../shared/protocol/claim-layers.ts'
import { claimsOf } from '../../../shared/protocol/token-claims.ts'
import type { Core } from '../core.ts'
import { claimSources } from './claim-sources.ts'
import type { IssueRequest } from './issue-request.ts'

export type AccessClaimsRequest = Pick<
  IssueRequest,
  'issuer' | 'issuerName' | 'client' | 'user' | 'authentication' | 'exchanged'
> &
  Partial<Pick<IssueRequest, 'resources' | 'authorizationDetails' | 'jkt'>> & {
    requested: IssueRequest['requested'] | null
  }

/** RFC 9068 2.2. Only an access token has claims of the layers: a refresh or pending token is read by nobody but the issuer. */
export function accessClaims(
  core: Core,
  request: AccessClaimsRequest,
  token: { kind: TokenKind; jti: string; scopes: readonly string[]; lifetime: number },
): ClaimAccount {
  const {
    issuer,
    client,
    user,
    authentication,
    exchanged,
    requested = null,
    authorizationDetails = [],
  } = request
  const { kind, jti, scopes, lifetime } = token
  const now = Math.floor(core.clock.now() / 1000)
  const protocol = {
    iss: issuer,
    aud: kind === 'access' ? audienceOf(issuer, exchanged?.audience ?? request.resources) : issuer,
    sub: subjectOf(core, request),
    client_id: client.id,
    iat: now,
    exp: now + lifetime,
    jti,
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    ...authentication,
    ...confirmationOf(request, kind),
    ...(kind === 'access' && authorizationDetails.length > 0
      ? { authorization_details: authorizationDetails }
      : {}),
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

/** RFC 9449 6.1. The refresh token of a client that authenticates is bound to that client already (RFC 9449 5). */
function confirmationOf(
  { client, jkt = null }: Pick<AccessClaimsRequest, 'client' | 'jkt'>,
  kind: TokenKind,
): { cnf?: { jkt: string } } {
  const bound = jkt !== null && (kind !== 'refresh' || client.authMethods.includes('none'))
  return bound ? { cnf: { jkt } } : {}
}

function audienceOf(issuer: string, targets: readonly string[] = []): string | string[] {
  const [first, ...more] = targets
  if (first === undefined) return issuer
  return more.length === 0 ? first : [first, ...more]
}
