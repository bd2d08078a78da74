import {
  checkCodeFormat,
  checkEnrolled,
  verificationChecks,
} from '../../../../shared/protocol/checks/second-factor/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { noteIssued } from '../../recorder/trail.ts'
import { verifyCode } from '../../second-factor/verify-code.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import { findGrant, type GrantRecord } from '../../store/grants.ts'
import { endSession, type SessionRecord } from '../../store/sessions.ts'
import { consumeToken, type TokenRecord } from '../../store/tokens.ts'
import { findUser, type UserRecord } from '../../store/users.ts'
import { authenticatedNow, issueTokens } from '../../tokens/issue.ts'
import { authenticateBearer, hasAuthorization } from '../bearer.ts'
import { bodyParameters, check, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { tokenReply } from '../reply.ts'
import { grantScopes } from '../scopes.ts'
import { authenticateSession, newSession, sessionCookie } from '../session-cookie.ts'

/** Second half of a login with a second factor, and the last step of setting one up (topic 11 of the tutorial). */
export const secondFactorVerifyEndpoint: Endpoint = {
  name: '2fa-verify',
  path: '/2fa/verify',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const parameters = bodyParameters(context)
    const caller = await callerOf(context)
    const code = parameters.get('code')
    check(context, [checkCodeFormat], { code })
    const user = acceptCode(context, caller.user, code!)
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
  const { token, user } = await authenticateBearer(context, ['pending', 'access'])
  if (user === null) {
    throw new OAuthError({ error: 'invalid_request', description: 'The token belongs to no user' })
  }
  return { user, token, session: null }
}

/** @throws OAuthError 400 without a second factor, 401 for a wrong code, 429 while it is locked */
function acceptCode(context: RequestContext, { id }: UserRecord, code: string): UserRecord {
  const { core } = context
  const now = core.clock.now()
  const result = core.database.write((writer) => {
    const user = findUser(writer, id)!
    check(context, [checkEnrolled], { state: user.totpState })
    return verifyCode(writer, user, code, now)
  })
  core.events.publish({ type: 'changed', noun: 'users' })
  check(context, verificationChecks, {
    outcome: result.outcome,
    now,
    lockedUntil: result.lockedUntil,
  })
  return result.user
}

/** Full tokens, once: the pending token is used up, the pending session gives way to a new, active one. */
async function complete(context: RequestContext, { token, session }: Caller, user: UserRecord) {
  const { core, issuer, trail } = context
  const { client, grant, scopes } = grantOf(context, token, user)
  trail.clientId = client.id
  const now = core.clock.now()
  const issued = await issueTokens(core, {
    issuer,
    client,
    user,
    scopes,
    ...(grant ? { grant } : {}),
    ...(token ? { parentJti: token.jti } : {}),
    authentication: authenticatedNow(core, ['pwd', 'otp']),
    refreshable: true,
    inTransaction: (writer) => {
      if (token?.kind === 'pending') consumeToken(writer, token.jti, now)
      if (session) endSession(writer, session.hash, now)
    },
  })
  noteIssued(trail, issued)
  if (!session) return tokenReply(issued.response)
  const renewed = newSession(context, { user, state: 'active', grantId: issued.grant.id })
  core.database.write((writer) => renewed.insert(writer))
  return tokenReply(issued.response, [['set-cookie', renewed.setCookie]])
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
  const client = findClient(read, context.core.settings().defaultClientId)
  if (!client)
    throw new OAuthError({ error: 'invalid_request', description: 'The workspace has no default client' })
  return { client, grant: null, scopes: grantScopes(context, { value: undefined, client, user }) }
}
