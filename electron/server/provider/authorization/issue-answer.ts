import { type AuthorizationRequest, asksFor } from '../../../../shared/protocol/authorization-request.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Core } from '../../core.ts'
import { randomId, timedId } from '../../random.ts'
import { noteIssued } from '../../recorder/trail.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import { insertCode } from '../../store/codes.ts'
import { addConsent } from '../../store/consents.ts'
import type { Writer } from '../../store/database.ts'
import { type GrantRecord, insertGrant } from '../../store/grants.ts'
import { authenticatedAt } from '../../tokens/authentication.ts'
import { type Encrypter, encrypterFor } from '../../tokens/encrypt-for.ts'
import { signIdToken } from '../../tokens/id-token.ts'
import { issueTokens, partiesRemain } from '../../tokens/issue.ts'
import { hashOf } from '../../tokens/read.ts'
import type { RequestContext } from '../context.ts'
import type { Reply } from '../reply.ts'
import { answerer } from './answer.ts'
import type { Current } from './next-step.ts'

/** RFC 6749 4.1.2 recommends ten minutes at most; a redirect takes seconds. */
const CODE_LIFETIME_MS = 60_000

/** What the user has granted. */
type Granted = Current & { scopes: string[] }

/** One answer in the making. */
interface Issuing {
  request: AuthorizationRequest
  client: ClientRecord
  granted: Granted
  grant: GrantRecord
  /** Null where none is asked for. */
  code: string | null
  /** Stores what the answer rests on, in the transaction of its tokens. */
  store: (writer: Writer) => void
}

/**
 * Gives the client what it asked for, of what the user has granted: a code, tokens, both, or the word that all is well.
 *
 * @param inTransaction runs first in the same transaction; throwing keeps anything from being given
 * @throws OAuthError access_denied when the client is gone, or when an ID token is asked for and openid is not granted;
 *   invalid_request when the client wants what it gets encrypted, and there is no key for that
 */
export async function answerWithGrant(
  context: RequestContext,
  request: AuthorizationRequest,
  granted: Granted,
  inTransaction: (writer: Writer) => void = () => {},
): Promise<Reply> {
  const { core, trail } = context
  const { responseType } = request
  const client = findClient(core.database.read, request.clientId)
  if (!client) throw GONE
  if (asksFor(responseType, 'id_token') && !granted.scopes.includes('openid')) throw OPENID_DENIED
  const reply = await answerer(context, request)
  const encrypted = asksFor(responseType, 'id_token')
    ? await encrypterFor(core, client, 'idToken', trail)
    : null
  const grant = newGrant(context, request, granted)
  const code = asksFor(responseType, 'code') ? randomId(core.random, 32) : null
  const store = (writer: Writer) => {
    inTransaction(writer)
    storeGrant(core, writer, { request, grant, granted })
    if (code !== null) storeCode(context, writer, { request, grant, granted, code })
  }
  const issuing = { request, client, granted, grant, code, store }
  const access = await accessTokenOf(context, issuing)
  if (access === null) core.database.write(store)
  if (code !== null) trail.links.push(`code:${hashOf(code)}`)
  if (responseType !== 'none') trail.links.push(`grant:${grant.id}`)
  const parameters: Record<string, string> = { ...(code === null ? {} : { code }), ...access }
  if (encrypted) {
    parameters.id_token = await idTokenOf(context, issuing, access?.access_token ?? null, encrypted)
  }
  return reply(parameters)
}

const newGrant = (
  { core, issuerName }: RequestContext,
  { clientId, claims, resources, authorizationDetails }: AuthorizationRequest,
  { session, user, scopes }: Granted,
): GrantRecord => ({
  id: timedId(core.random, core.clock.now()),
  issuer: issuerName,
  clientId,
  userId: user.id,
  scopes,
  sid: session.sid,
  parentGrantId: null,
  claims,
  resources,
  authorizationDetails,
  createdAt: core.clock.now(),
})

type Parts = Pick<Issuing, 'request' | 'grant' | 'granted'>

function storeGrant(
  core: Core,
  writer: Writer,
  { request: { clientId, responseType }, grant, granted: { user, scopes } }: Parts,
): void {
  if (!partiesRemain(core, writer, grant)) throw GONE
  // Of response_type=none nothing descends.
  if (responseType !== 'none') insertGrant(writer, grant)
  addConsent(writer, { issuer: grant.issuer, clientId, userId: user.id, scopes, at: grant.createdAt })
}

function storeCode(
  { core }: RequestContext,
  writer: Writer,
  { request, grant, granted, code }: Parts & { code: string },
): void {
  const now = core.clock.now()
  insertCode(writer, {
    hash: hashOf(code),
    grantId: grant.id,
    redirectUri: request.redirectUriNamed ? request.redirectUri : null,
    codeChallenge: request.codeChallenge,
    codeChallengeMethod: request.codeChallengeMethod,
    dpopJkt: request.dpopJkt,
    nonce: request.nonce,
    authTime: granted.session.authTime,
    amr: granted.session.amr,
    issuedAt: now,
    expiresAt: now + CODE_LIFETIME_MS,
  })
}

/** The access token of the front channel, as parameters (RFC 6749 4.2.2). Null where none is asked for. */
async function accessTokenOf(
  context: RequestContext,
  { request, client, granted, grant, store }: Issuing,
): Promise<Record<string, string> | null> {
  if (!asksFor(request.responseType, 'token')) return null
  const { core, issuer, issuerName, trail } = context
  const { session, user, scopes } = granted
  const issued = await issueTokens(core, {
    issuer,
    issuerName,
    trail,
    client,
    user,
    scopes,
    grant,
    authentication: authenticatedAt(session.authTime, session.amr),
    // It has an ID token of its own, with c_hash.
    withoutLogin: true,
    // Nobody can show a proof in the front channel.
    jkt: null,
    refreshable: false,
    inTransaction: store,
  })
  noteIssued(trail, issued)
  const { access_token, token_type, expires_in, scope } = issued.response
  return { access_token, token_type, expires_in: String(expires_in), scope }
}

/** The ID token of the front channel (OpenID Connect Core 1.0 3.2.2.10, 3.3.2.11). */
const idTokenOf = (
  { core, issuer, issuerName, settings }: RequestContext,
  { request, client, granted, grant, code }: Issuing,
  accessToken: string | null,
  encrypted: Encrypter,
): Promise<string> =>
  signIdToken(core, {
    issuer,
    issuerName,
    client,
    user: granted.user,
    scopes: granted.scopes,
    requested: grant.claims,
    authentication: authenticatedAt(granted.session.authTime, granted.session.amr),
    nonce: request.nonce,
    sid: granted.session.sid,
    accessToken,
    encrypted,
    ...(code === null ? {} : { code }),
    lifetime: client.accessTokenLifetime ?? settings.accessTokenLifetime,
  })

const GONE = new OAuthError({
  error: 'access_denied',
  description: 'The user, client or issuer was removed meanwhile',
})

const OPENID_DENIED = new OAuthError({
  error: 'access_denied',
  description: 'The user did not allow the scope openid, without which there is no ID token',
})
