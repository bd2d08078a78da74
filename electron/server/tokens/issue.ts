import type { TokenKind } from '../../../shared/contract/operations/tokens.ts'
import type { AuthorizationDetail } from '../../../shared/protocol/authorization-details.ts'
import { claimValues } from '../../../shared/protocol/claim-layers.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import { randomId, timedId } from '../random.ts'
import { findClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { type GrantRecord, insertGrant } from '../store/grants.ts'
import type { KeyUse } from '../store/keys.ts'
import { insertToken, type NewToken } from '../store/tokens.ts'
import { findUser } from '../store/users.ts'
import { accessClaims } from './access-claims.ts'
import { type Encrypter, encrypterFor } from './encrypt-for.ts'
import { signIdToken } from './id-token.ts'
import type { IssueRequest } from './issue-request.ts'
import { hashOf } from './read.ts'
import { signJwt } from './sign.ts'

/** RFC 6749 5.1 */
export interface TokenResponse {
  access_token: string
  token_type: 'Bearer' | 'DPoP'
  expires_in: number
  scope: string
  refresh_token?: string
  /** For a user, when the scope has openid (OpenID Connect Core 1.0 3.1.3.3). */
  id_token?: string
  /** Of a token exchange (RFC 8693 2.2.1). */
  issued_token_type?: string
  /** As granted, when there are any (RFC 9396 7). */
  authorization_details?: AuthorizationDetail[]
}

export interface Issued {
  response: TokenResponse
  grant: GrantRecord
  jtis: string[]
}

/** Scope of a token that is good for nothing but showing the second factor. */
const PENDING_SCOPE = '2fa'

/**
 * Signs and stores an access token and, where it may, a refresh token. Acknowledged means stored.
 *
 * @throws OAuthError invalid_request when the client wants its ID token encrypted, and there is no key for that
 */
export async function issueTokens(core: Core, request: IssueRequest): Promise<Issued> {
  const { client } = request
  const settings = core.settingsOf(request.issuerName)
  const encrypted = hasIdToken(request) ? await encrypterFor(core, client, 'idToken', request.trail) : null
  const grant = request.grant ?? newGrant(core, request, request.scopes)
  const lifetime = request.lifetime ?? client.accessTokenLifetime ?? settings.accessTokenLifetime
  const access = await sign(core, request, { kind: 'access', grant, scopes: request.scopes, lifetime })
  const refresh =
    request.refreshable && client.grantTypes.includes('refresh_token')
      ? await sign(core, request, {
          kind: 'refresh',
          grant,
          scopes: request.refreshScopes ?? request.scopes,
          lifetime: client.refreshTokenLifetime ?? settings.refreshTokenLifetime,
        })
      : null
  const details = request.authorizationDetails ?? grant.authorizationDetails
  const idToken =
    encrypted && (await idTokenOf(core, request, { grant, accessToken: access.token, lifetime, encrypted }))
  await store(core, request, grant, refresh ? [access.record, refresh.record] : [access.record])
  return {
    grant,
    jtis: refresh ? [access.record.jti, refresh.record.jti] : [access.record.jti],
    response: {
      access_token: access.token,
      token_type: tokenType(request),
      expires_in: lifetime,
      ...(refresh ? { refresh_token: refresh.token } : {}),
      scope: request.scopes.join(' '),
      ...(idToken === null ? {} : { id_token: idToken }),
      ...(details.length > 0 ? { authorization_details: details } : {}),
    },
  }
}

const hasIdToken = ({ user, scopes, withoutLogin }: IssueRequest): boolean =>
  user !== null && !withoutLogin && scopes.includes('openid')

async function idTokenOf(
  core: Core,
  { issuer, issuerName, client, user, scopes, authentication, nonce }: IssueRequest,
  { grant, ...rest }: { grant: GrantRecord; accessToken: string; lifetime: number; encrypted: Encrypter },
): Promise<string | null> {
  if (!user) return null
  return signIdToken(core, {
    issuer,
    issuerName,
    client,
    user,
    scopes,
    requested: grant.claims,
    authentication: authentication ?? null,
    nonce: nonce ?? null,
    sid: grant.sid,
    ...rest,
  })
}

/** Signs and stores the token a user with a second factor gets for the password alone; `scopes` wait in its grant. */
export async function issuePendingToken(
  core: Core,
  request: Omit<IssueRequest, 'refreshable'>,
): Promise<Issued> {
  const grant = newGrant(core, request, request.scopes)
  const lifetime = core.settingsOf(request.issuerName).pendingTokenLifetime
  const { token, record } = await sign(core, request, {
    kind: 'pending',
    grant,
    scopes: [PENDING_SCOPE],
    lifetime,
  })
  await store(core, request, grant, [record])
  const response = {
    access_token: token,
    token_type: tokenType(request),
    expires_in: lifetime,
    scope: PENDING_SCOPE,
  } as const
  return { grant, jtis: [record.jti], response }
}

/** RFC 9449 5 */
const tokenType = ({ jkt }: Pick<IssueRequest, 'jkt'>) => (jkt === null ? 'Bearer' : 'DPoP')

async function store(
  core: Core,
  request: Omit<IssueRequest, 'refreshable'>,
  grant: GrantRecord,
  records: NewToken[],
): Promise<void> {
  await core.database.writeSoon((writer) => {
    request.inTransaction?.(writer)
    if (!request.grant) addGrant(core, writer, grant)
    for (const record of records) insertToken(writer, record)
  })
  core.events.publish({ type: 'changed', noun: 'tokens' })
}

/** @throws OAuthError invalid_grant when user, client or issuer were removed while the tokens were signed */
function addGrant(core: Core, writer: Writer, grant: GrantRecord): void {
  if (!partiesRemain(core, writer, grant)) {
    const description = 'The user, client or issuer was removed meanwhile'
    throw new OAuthError({ error: 'invalid_grant', description })
  }
  insertGrant(writer, grant)
}

/** Whether user, client and issuer of a grant are still there, now that it is stored. */
export const partiesRemain = (
  { issuers }: Core,
  writer: Writer,
  { issuer, clientId, userId }: GrantRecord,
): boolean =>
  (userId === null || findUser(writer, userId) !== undefined) &&
  findClient(writer, clientId) !== undefined &&
  issuers.has(issuer)

const newGrant = (
  core: Core,
  {
    issuerName,
    client,
    user,
    exchanged,
    requested,
    resources = [],
    authorizationDetails = [],
  }: Omit<IssueRequest, 'refreshable'>,
  scopes: string[],
): GrantRecord => ({
  id: timedId(core.random, core.clock.now()),
  issuer: issuerName,
  clientId: client.id,
  userId: user?.id ?? null,
  scopes,
  sid: null,
  parentGrantId: exchanged?.subject.grantId ?? null,
  claims: requested ?? null,
  resources,
  authorizationDetails,
  createdAt: core.clock.now(),
})

/** Header type and key by kind of token. A refresh token has a key of its own, so neither passes for the other. */
const forms: Record<TokenKind, { typ: string; use: KeyUse }> = {
  access: { typ: 'at+jwt', use: 'access' },
  pending: { typ: 'at+jwt', use: 'access' },
  refresh: { typ: 'rt+jwt', use: 'refresh' },
}

async function sign(
  core: Core,
  request: Omit<IssueRequest, 'refreshable'>,
  { grant, ...rest }: { kind: TokenKind; grant: GrantRecord; scopes: string[]; lifetime: number },
): Promise<{ token: string; record: NewToken }> {
  const jti = timedId(core.random, core.clock.now())
  const { claims: requested, resources, authorizationDetails } = grant
  const asked = { requested, resources, authorizationDetails, ...request }
  const claims = claimValues(accessClaims(core, { ...asked, requested }, { ...rest, jti }))
  const { token, header } = await formOf(core, request, rest.kind, claims)
  const now = Number(claims.iat) * 1000
  const record: NewToken = {
    jti,
    kind: rest.kind,
    grantId: grant.id,
    parentJti: request.parentJti ?? request.exchanged?.subject.jti ?? null,
    hash: hashOf(token),
    scopes: rest.scopes,
    header,
    claims,
    issuedAt: now,
    expiresAt: now + rest.lifetime * 1000,
  }
  return { token, record }
}

/** A JWT (RFC 9068), or for a client that is to get opaque ones a name that only the ledger knows (RFC 6749 1.4). */
async function formOf(
  core: Core,
  { issuerName, client }: Pick<IssueRequest, 'issuerName' | 'client'>,
  kind: TokenKind,
  claims: JsonObject,
): Promise<{ token: string; header: JsonObject }> {
  if (client.accessTokenFormat === 'opaque' && kind !== 'refresh') {
    return { token: randomId(core.random, 32), header: {} }
  }
  const { typ, use } = forms[kind]
  const signer = await core.keys.signer(issuerName, use)
  const { alg, kid } = signer
  return { token: await signJwt(signer, typ, claims), header: { alg, typ, kid } }
}
