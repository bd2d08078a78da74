import { CompactSign } from 'jose'
import type { TokenKind } from '../../../shared/contract/operations/tokens.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import { randomId } from '../random.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { type GrantRecord, insertGrant } from '../store/grants.ts'
import type { KeyUse } from '../store/keys.ts'
import { insertToken, type NewToken, type TokenRecord } from '../store/tokens.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import type { Authentication } from './authentication.ts'
import { signIdToken } from './id-token.ts'
import { hashOf } from './read.ts'

/** RFC 6749 5.1 */
export interface TokenResponse {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  scope: string
  refresh_token?: string
  /** For a user, when the scope has openid (OpenID Connect Core 1.0 3.1.3.3). */
  id_token?: string
  /** Of a token exchange (RFC 8693 2.2.1). */
  issued_token_type?: string
}

/** What a token exchange makes of a token (RFC 8693). */
export interface Exchanged {
  /** The token it was exchanged for, whose sub it keeps. */
  subject: TokenRecord
  /** Targets, instead of this issuer's own API. */
  audience: string[]
  /** Who acts, and before them whom (RFC 8693 4.1); null for an impersonation. */
  act: JsonObject | null
}

export interface IssueRequest {
  /** The issuer's URL, for `iss` and `aud`. */
  issuer: string
  client: ClientRecord
  /** Null when the client acts for itself. */
  user: UserRecord | null
  /** Scopes of this token. */
  scopes: string[]
  /** The grant it descends from; a new one, with these scopes, when left out. */
  grant?: GrantRecord
  parentJti?: string
  /** When and how the user proved who they are (RFC 9068 2.2.1, RFC 8176); a refresh passes it on. */
  authentication?: Authentication
  /** Of the authorization request, for the ID token. */
  nonce?: string
  /** Seconds, instead of the client's or issuer's. */
  lifetime?: number
  exchanged?: Exchanged
  /** Nobody logged in: no ID token, which would say that somebody did. */
  withoutLogin?: true
  /** Adds a refresh token; only for clients registered for that grant type. */
  refreshable: boolean
  /** Runs in the transaction that stores the tokens, before they are: throwing keeps anything from being stored. */
  inTransaction?: (writer: Writer) => void
}

export interface Issued {
  response: TokenResponse
  grant: GrantRecord
  jtis: string[]
}

/** Scope of a token that is good for nothing but showing the second factor. */
export const PENDING_SCOPE = '2fa'

/** Signs and stores an access token and, where it may, a refresh token. Acknowledged means stored. */
export async function issueTokens(core: Core, request: IssueRequest): Promise<Issued> {
  const { client } = request
  const settings = core.settings()
  const grant = request.grant ?? newGrant(core, request, request.scopes)
  const lifetime = request.lifetime ?? client.accessTokenLifetime ?? settings.accessTokenLifetime
  const access = await sign(core, request, { kind: 'access', grant, scopes: request.scopes, lifetime })
  const refresh =
    request.refreshable && client.grantTypes.includes('refresh_token')
      ? await sign(core, request, {
          kind: 'refresh',
          grant,
          scopes: request.scopes,
          lifetime: client.refreshTokenLifetime ?? settings.refreshTokenLifetime,
        })
      : null
  const idToken = await idTokenOf(core, request, { accessToken: access.token, sid: grant.sid, lifetime })
  store(core, request, grant, refresh ? [access.record, refresh.record] : [access.record])
  return {
    grant,
    jtis: refresh ? [access.record.jti, refresh.record.jti] : [access.record.jti],
    response: {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: lifetime,
      ...(refresh ? { refresh_token: refresh.token } : {}),
      scope: request.scopes.join(' '),
      ...(idToken === null ? {} : { id_token: idToken }),
    },
  }
}

async function idTokenOf(
  core: Core,
  { issuer, client, user, scopes, authentication, nonce, withoutLogin }: IssueRequest,
  rest: { accessToken: string; sid: string | null; lifetime: number },
): Promise<string | null> {
  if (!user || withoutLogin || !scopes.includes('openid')) return null
  return signIdToken(core, {
    issuer,
    clientId: client.id,
    sub: user.id,
    authentication: authentication ?? null,
    nonce: nonce ?? null,
    ...rest,
  })
}

/** Signs and stores the token a user with a second factor gets for the password alone; `scopes` wait in its grant. */
export async function issuePendingToken(
  core: Core,
  request: Omit<IssueRequest, 'refreshable'>,
): Promise<Issued> {
  const grant = newGrant(core, request, request.scopes)
  const lifetime = core.settings().pendingTokenLifetime
  const { token, record } = await sign(core, request, {
    kind: 'pending',
    grant,
    scopes: [PENDING_SCOPE],
    lifetime,
  })
  store(core, request, grant, [record])
  const response = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: lifetime,
    scope: PENDING_SCOPE,
  } as const
  return { grant, jtis: [record.jti], response }
}

function store(
  core: Core,
  request: Omit<IssueRequest, 'refreshable'>,
  grant: GrantRecord,
  records: NewToken[],
): void {
  core.database.write((writer) => {
    request.inTransaction?.(writer)
    if (!request.grant) addGrant(writer, grant)
    for (const record of records) insertToken(writer, record)
  })
  core.events.publish({ type: 'changed', noun: 'tokens' })
}

/** @throws OAuthError invalid_grant when user or client were removed while the tokens were signed */
function addGrant(writer: Writer, grant: GrantRecord): void {
  const { clientId, userId } = grant
  if (!findClient(writer, clientId) || (userId !== null && !findUser(writer, userId))) {
    throw new OAuthError({ error: 'invalid_grant', description: 'The user or client was removed meanwhile' })
  }
  insertGrant(writer, grant)
}

const newGrant = (
  core: Core,
  { client, user, exchanged }: Pick<IssueRequest, 'client' | 'user' | 'exchanged'>,
  scopes: string[],
): GrantRecord => ({
  id: randomId(core.random),
  clientId: client.id,
  userId: user?.id ?? null,
  scopes,
  sid: null,
  parentGrantId: exchanged?.subject.grantId ?? null,
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
  token: { kind: TokenKind; grant: GrantRecord; scopes: string[]; lifetime: number },
): Promise<{ token: string; record: NewToken }> {
  const { typ, use } = forms[token.kind]
  const signer = await core.keys.signer(use)
  const header = { alg: signer.alg, typ, kid: signer.kid }
  const claims = claimsOf(core, request, token)
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  const jwt = await new CompactSign(payload).setProtectedHeader(header).sign(signer.key)
  const record: NewToken = {
    jti: claims.jti,
    kind: token.kind,
    grantId: token.grant.id,
    parentJti: request.parentJti ?? request.exchanged?.subject.jti ?? null,
    hash: hashOf(jwt),
    scopes: token.scopes,
    header,
    claims,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
  }
  return { token: jwt, record }
}

/** RFC 9068 2.2. A user's own claims come first, so that none of them can take the place of a registered one. */
function claimsOf(
  core: Core,
  { issuer, client, user, authentication, exchanged }: Omit<IssueRequest, 'refreshable'>,
  { kind, scopes, lifetime }: { kind: TokenKind; scopes: string[]; lifetime: number },
) {
  const now = Math.floor(core.clock.now() / 1000)
  return {
    ...(kind === 'access' ? user?.claims : {}),
    iss: issuer,
    aud: audienceOf(issuer, exchanged),
    sub: exchanged ? String(exchanged.subject.claims.sub) : (user?.id ?? client.id),
    client_id: client.id,
    iat: now,
    exp: now + lifetime,
    jti: randomId(core.random),
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    ...authentication,
    ...(exchanged?.act ? { act: exchanged.act } : {}),
  }
}

function audienceOf(issuer: string, exchanged: Exchanged | undefined): string | string[] {
  const [first, ...more] = exchanged?.audience ?? []
  if (first === undefined) return issuer
  return more.length === 0 ? first : [first, ...more]
}
