import { checkDetailsNarrow } from '../../../../shared/protocol/checks/authorization-details/index.ts'
import {
  ACCESS_TOKEN,
  checkClientConfidential,
  checkExchangeScopeNarrows,
  exchangeParameterChecks,
  type HandedTokenFacts,
  handedTokenChecks,
  partiesChecks,
  targetChecks,
} from '../../../../shared/protocol/checks/exchange/index.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import { type Parameters, valuesOf } from '../../../../shared/protocol/form.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { parseScope } from '../../../../shared/protocol/scope.ts'
import type { Core } from '../../core.ts'
import { noteIssued, noteToken } from '../../recorder/trail.ts'
import { type ClientRecord, listClients } from '../../store/clients.ts'
import type { Reader } from '../../store/database.ts'
import { findToken, type TokenRecord, tokenState } from '../../store/tokens.ts'
import { findUser, type UserRecord } from '../../store/users.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { Overtaken } from '../../tokens/issue-request.ts'
import { readToken } from '../../tokens/read.ts'
import { claimsOfTokenRequest } from '../claims-request.ts'
import { check, type RequestContext } from '../context.ts'
import { issuerUrls } from '../issuer-url.ts'
import { knows, noteForeignToken, stillKnown } from '../own.ts'
import { authenticationOf } from '../refresh.ts'
import { type RequestedAccess, requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'
import type { Grant } from './grant.ts'

// Threat: a token that is traded for one that can more, or that outlives what it was made from. The new token has no scope its
// subject lacks, ends no later, and is revoked with the family of its subject (RFC 8693 leaves the last two open). Revoking the
// subject token alone leaves it, as it leaves the other tokens of its own family (RFC 7009 2.1).

/** RFC 8693: impersonation, or with an actor_token delegation. */
export const tokenExchangeGrant: Grant = {
  grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
  async exchange(context, client, parameters) {
    const { core, issuer, issuerName, settings, trail } = context
    check(context, [checkClientConfidential], { clientId: client.id, authMethods: client.authMethods })
    const { subjectToken, actorToken } = tokensOf(context, parameters)
    const subject = await examineToken(context, 'subject', subjectToken)
    trail.userId = subject.token.userId
    const actor = actorToken === undefined ? null : await examineToken(context, 'actor', actorToken)
    const handed = actor ? [subject, actor] : [subject]
    const act = actorsOf(context, { client, subject: subject.token, actor: actor?.token ?? null })
    const access = accessOf(context, client, subject.token, parameters)
    const audience = [...new Set([...access.resources, ...audiencesOf(context, parameters)])]
    const scopes = scopesOf(context, { client, ...subject, value: parameters.get('scope') })
    const own = client.accessTokenLifetime ?? settings.accessTokenLifetime
    const left = Math.ceil((subject.token.expiresAt - core.clock.now()) / 1000)
    const issued = await issueTokens(core, {
      issuer,
      issuerName,
      trail,
      client,
      user: subject.user,
      scopes,
      requested: claimsOfTokenRequest(context, parameters),
      ...authenticationOf(subject.token),
      exchanged: { subject: subject.token, audience, act },
      ...access,
      jkt: context.jkt,
      lifetime: Math.min(own, left),
      refreshable: false,
      withoutLogin: true,
      inTransaction: (writer) => {
        // What was revoked while the new token was signed gives nothing any more.
        if (!handed.every(({ token }) => isActive(core, writer, token.jti))) throw new Overtaken()
      },
    }).catch((error: unknown) => {
      if (error instanceof Overtaken) for (const { judge } of handed) judge()
      throw error
    })
    noteIssued(trail, issued)
    return { ...issued.response, issued_token_type: ACCESS_TOKEN }
  },
}

function isActive({ clock }: Core, reader: Reader, jti: string): boolean {
  const record = findToken(reader, jti)
  return record !== undefined && tokenState(record, clock.now()) === 'active'
}

function tokensOf(context: RequestContext, parameters: Parameters) {
  const subjectToken = parameters.get('subject_token')
  const actorToken = parameters.get('actor_token')
  check(context, exchangeParameterChecks, {
    subjectToken,
    subjectTokenType: parameters.get('subject_token_type'),
    actorToken,
    actorTokenType: parameters.get('actor_token_type'),
    requestedTokenType: parameters.get('requested_token_type'),
  })
  return { subjectToken: subjectToken!, actorToken }
}

interface HandedToken {
  token: TokenRecord
  /** Null for a token a client got for itself. */
  user: UserRecord | null
  /** @throws OAuthError when the token is not active any more */
  judge(): void
}

/** @throws OAuthError invalid_request, whatever is wrong with the token (RFC 8693 2.2.2) */
async function examineToken(
  context: RequestContext,
  role: HandedTokenFacts['role'],
  sent: string,
): Promise<HandedToken> {
  const { core, trail } = context
  const reading = await readToken(core, context.issuerName, sent, 'access')
  const facts = (record: TokenRecord | null): HandedTokenFacts => ({
    role,
    genuine: reading.signature === 'valid',
    reason: reading.reason,
    now: core.clock.now(),
    record,
  })
  if (reading.record) noteToken(trail, reading.record)
  else noteForeignToken(context, `${role} token`, sent)
  const record = stillKnown(context, reading.record)
  check(context, handedTokenChecks, facts(record))
  const token = record!
  const user = token.userId === null ? null : (findUser(core.database.read, token.userId) ?? null)
  check(context, [checkUserActive({ error: 'invalid_request' })], { user })
  return {
    token,
    user,
    judge() {
      const { read } = core.database
      if (!isActive(core, read, token.jti))
        check(context, handedTokenChecks, facts(findToken(read, token.jti) ?? null))
    },
  }
}

/**
 * `act` of the new token: the actor, with whoever acted before inside (RFC 8693 4.1). Without an actor_token nobody is added:
 * the client becomes the subject, and a chain the subject token already has is kept.
 */
function actorsOf(
  context: RequestContext,
  { client, subject, actor }: { client: ClientRecord; subject: TokenRecord; actor: TokenRecord | null },
): JsonObject | null {
  const before = isJsonObject(subject.claims.act) ? subject.claims.act : null
  const act = actor ? { sub: actor.claims.sub, ...(before ? { act: before } : {}) } : before
  const party = actor?.claims ?? { iss: context.issuer, sub: client.id, client_id: client.id }
  check(context, partiesChecks, {
    mayAct: subject.claims.may_act,
    actor: { iss: party.iss, sub: party.sub, client_id: party.client_id },
    chain: depthOf(act),
  })
  return act
}

function depthOf(act: unknown): number {
  let depth = 0
  for (let current = act; isJsonObject(current); current = current.act) depth++
  return depth
}

/** What is asked for beyond scopes; of authorization details, nothing the subject token lacks. */
function accessOf(
  context: RequestContext,
  client: ClientRecord,
  subject: TokenRecord,
  parameters: Parameters,
): RequestedAccess {
  const access = requestedAccess(context, client, parameters)
  const held = subject.claims.authorization_details
  check(context, [checkDetailsNarrow], {
    details: access.authorizationDetails,
    granted: Array.isArray(held) ? held.filter(isJsonObject) : [],
  })
  return access
}

/** Where the new token is for, by logical names (RFC 8693 2.1). */
function audiencesOf(context: RequestContext, parameters: Parameters): readonly string[] {
  const { core } = context
  const audiences = valuesOf(parameters, 'audience')
  const clients = listClients(core.database.read).filter((client) => knows(context, client))
  check(context, targetChecks, {
    audiences,
    known: [...issuerUrls(context), ...clients.map(({ id }) => id)],
  })
  return audiences
}

/** Those that are asked for, or those of the subject token which this client may have. */
function scopesOf(
  context: RequestContext,
  {
    client,
    token,
    user,
    value,
  }: { client: ClientRecord; token: TokenRecord; user: UserRecord | null; value: string | undefined },
): string[] {
  const allowed = client.allowedScopes
  const inherited = token.scopes.filter((name) => allowed === null || allowed.includes(name))
  const requested = parseScope(value)
  check(context, [checkExchangeScopeNarrows], { requested: requested ?? [], held: token.scopes })
  if (requested?.length !== 0) return grantScopes(context, { value, client, user })
  // Asked for nothing by name, grantScopes would give the client's defaults, which the subject token may lack.
  return inherited.length === 0 ? [] : grantScopes(context, { value: inherited.join(' '), client, user })
}
