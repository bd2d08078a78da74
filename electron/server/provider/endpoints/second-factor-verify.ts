import { checkTokenNotRevoked, checkTokenStored } from '../../../../shared/protocol/checks/bearer/index.ts'
import { sessionChecks } from '../../../../shared/protocol/checks/session/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Core } from '../../core.ts'
import { noteIssued } from '../../recorder/trail.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import type { Writer } from '../../store/database.ts'
import { findGrant, type GrantRecord } from '../../store/grants.ts'
import { endSession, findSession, type SessionRecord } from '../../store/sessions.ts'
import { consumeToken } from '../../store/token-changes.ts'
import { findToken, type TokenRecord } from '../../store/tokens.ts'
import type { UserRecord } from '../../store/users.ts'
import { authenticatedNow } from '../../tokens/authentication.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { Overtaken } from '../../tokens/issue-request.ts'
import { authenticateUser, hasAuthorization, type Needs } from '../bearer.ts'
import { bodyParameters, check, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { knownClient } from '../own.ts'
import { tokenReply } from '../reply.ts'
import { grantScopes } from '../scopes.ts'
import { acceptCode } from '../second-factor.ts'
import { authenticateSession, newSession, sessionCookie } from '../session-cookie.ts'

export const verifyNeeds: Needs = { accepts: ['pending', 'access'], user: true }

/** Second half of a login with a second factor, and the last step of setting one up (topic 11 of the tutorial). */
export const secondFactorVerifyEndpoint: Endpoint = {
  name: '2fa-verify',
  path: '/2fa/verify',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const parameters = bodyParameters(context)
    const caller = await callerOf(context)
    const user = acceptCode(context, caller.user, parameters.get('code'))
    return complete(context, caller, user)
  },
}

/** Whoever shows a code: with a bearer token (pending or full) or with a session (pending or active). */
interface Caller {
  user: UserRecord
  token: TokenRecord | null
  session: SessionRecord | null
}

async function callerOf(context: RequestContext): Promise<Caller> {
  const cookie = hasAuthorization(context) ? null : sessionCookie(context)
  if (cookie !== null) return { token: null, ...authenticateSession(context, cookie, ['pending', 'active']) }
  return { session: null, ...(await authenticateUser(context, verifyNeeds)) }
}

/** Full tokens, once: the pending token is used up, the pending session gives way to a new, active one. */
async function complete(context: RequestContext, { token, session }: Caller, user: UserRecord) {
  const { core, issuer, issuerName, trail } = context
  const { client, grant, scopes } = grantOf(context, token, user)
  trail.clientId = client.id
  const issued = await issueTokens(core, {
    issuer,
    issuerName,
    trail,
    client,
    user,
    scopes,
    ...(grant ? { grant } : {}),
    ...(token ? { parentJti: token.jti } : {}),
    authentication: authenticatedNow(core, ['pwd', 'otp']),
    jkt: context.jkt,
    refreshable: true,
    inTransaction: (writer) => {
      if (token && !takeToken(core, writer, token)) throw new Overtaken()
      if (session && !takeSession(core, writer, session)) throw new Overtaken()
    },
  }).catch((error: unknown) => {
    if (error instanceof Overtaken) examineAgain(context, { token, session })
    throw error
  })
  noteIssued(trail, issued)
  if (!session) return tokenReply(issued.response)
  const renewed = newSession(context, {
    user,
    state: 'active',
    grantId: issued.grant.id,
    amr: ['pwd', 'otp'],
  })
  core.database.write((writer) => renewed.insert(writer))
  return tokenReply(issued.response, [['set-cookie', renewed.setCookie]])
}

/** False when it was used or revoked since it was checked. A full token is only shown, not used up. */
function takeToken({ clock }: Core, writer: Writer, { jti, kind }: TokenRecord): boolean {
  const record = findToken(writer, jti)
  const live = record !== undefined && record.revokedAt === null && record.consumedAt === null
  if (live && kind === 'pending') consumeToken(writer, jti, clock.now())
  return live
}

/** False when it has ended since it was checked. */
function takeSession({ clock }: Core, writer: Writer, { hash }: SessionRecord): boolean {
  const live = findSession(writer, hash)?.endedAt === null
  if (live) endSession(writer, hash, clock.now())
  return live
}

/** @throws OAuthError 401, as for a token or session that was not good to begin with */
function examineAgain(context: RequestContext, { token, session }: Pick<Caller, 'token' | 'session'>): void {
  const { read } = context.core.database
  if (token) {
    check(context, [checkTokenStored, checkTokenNotRevoked], { record: findToken(read, token.jti) ?? null })
  }
  if (session) {
    const now = context.core.clock.now()
    check(context, sessionChecks, {
      session: findSession(read, session.hash) ?? null,
      now,
      accepts: [session.state],
    })
  }
}

function grantOf(
  context: RequestContext,
  token: TokenRecord | null,
  user: UserRecord,
): { client: ClientRecord; grant: GrantRecord | null; scopes: string[] } {
  const { read } = context.core.database
  if (token) {
    const grant = findGrant(read, token.grantId)!
    return { client: findClient(read, token.clientId)!, grant, scopes: grant.scopes }
  }
  const client = knownClient(context, context.settings.defaultClientId)
  if (!client)
    throw new OAuthError({ error: 'invalid_request', description: 'The workspace has no default client' })
  return { client, grant: null, scopes: grantScopes(context, { value: undefined, client, user }) }
}
