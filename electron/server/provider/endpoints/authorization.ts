import type { AuthorizationRequest } from '../../../../shared/protocol/authorization-request.ts'
import { silentChecks } from '../../../../shared/protocol/checks/authorize/index.ts'
import { checkAcrMet } from '../../../../shared/protocol/checks/interaction/index.ts'
import { checkPushRequired } from '../../../../shared/protocol/checks/pushed/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { answerWithError } from '../authorization/answer.ts'
import { askUser } from '../authorization/interaction.ts'
import { answerWithGrant } from '../authorization/issue-answer.ts'
import {
  type Current,
  consentReason,
  hintedUser,
  loginReason,
  reachableAcr,
  stepUpReason,
  unmetAcrReason,
} from '../authorization/next-step.ts'
import { resolvePushed } from '../authorization/pushed.ts'
import { readAuthorizationRequest, readClient, readTarget, targetBeside } from '../authorization/request.ts'
import { readRequestObject } from '../authorization/request-object.ts'
import { check, type RequestContext, requestParameters } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { noteUnknownHost } from '../own.ts'
import { errorPage } from '../pages/error.ts'
import type { Reply } from '../reply.ts'
import { grantScopes } from '../scopes.ts'
import { currentSession, startSession } from '../session-cookie.ts'

/** RFC 6749 3.1, OpenID Connect Core 1.0 3.1.2. Without a client and redirect URI to trust, the user gets a page. */
export const authorizationEndpoint: Endpoint = {
  name: 'authorization',
  path: '/authorize',
  methods: ['GET', 'POST'],
  cors: false,
  async handle(context) {
    try {
      return await authorize(context)
    } catch (error) {
      if (error instanceof OAuthError) return errorPage(context, error)
      throw error
    }
  },
}

async function authorize(context: RequestContext): Promise<Reply> {
  noteUnknownHost(context)
  const asked = requestParameters(context)
  // First, since the rules of request_uri too go by the client's levels.
  const client = readClient(context, asked)
  const { parameters: sent, pushed } = resolvePushed(context, asked)
  // Until the request object is read, only what stands beside it can say where to complain.
  let target = targetBeside(client, sent)
  try {
    const parameters = pushed ? sent : await readRequestObject(context, client, sent)
    target = null
    target = readTarget(context, client, parameters)
    check(context, [checkPushRequired], { required: client.requirePushedAuthorizationRequests, pushed })
    const request = await readAuthorizationRequest(context, parameters, client, target)
    context.refuseAsked()
    return await begin(context, client, request)
  } catch (error) {
    if (error instanceof OAuthError && target !== null) return answerWithError(context, target, error)
    throw error
  }
}

/** Goes as far as it can without the user, and asks them for the rest. */
async function begin(
  context: RequestContext,
  client: ClientRecord,
  request: AuthorizationRequest,
): Promise<Reply> {
  const silent = request.prompt.includes('none')
  const before = currentSession(context)
  const reason = loginReason(context, request, before)
  const unattended = reason !== null && !silent ? unattendedLogin(context, client, request) : null
  const current = unattended ?? before
  context.trail.userId = current?.user.id ?? null
  if (reason !== null && !unattended) {
    check(context, silentChecks, { silent, loginReason: reason, consentReason: null })
    return askUser(context, request, { step: 'login', current })
  }
  const reply = await goOn(context, client, request, current!)
  return unattended ? { ...reply, headers: [...reply.headers, ['set-cookie', unattended.setCookie]] } : reply
}

/** The same with a user whose login will do, unless it has to be a stronger one. */
function goOn(
  context: RequestContext,
  client: ClientRecord,
  request: AuthorizationRequest,
  current: Current,
): Promise<Reply> | Reply {
  const silent = request.prompt.includes('none')
  const scopes = scopesFor(context, client, request, current)
  check(context, [checkAcrMet], { requiredAcr: request.requiredAcr, reachable: reachableAcr(current) })
  const missing = consentReason(context, request, { client, user: current.user, scopes })
  check(context, silentChecks, {
    silent,
    loginReason: unmetAcrReason(request, current),
    consentReason: missing,
  })
  if (!silent && stepUpReason(request, current) !== null) {
    return askUser(context, request, { step: 'second-factor', current })
  }
  if (missing !== null) return askUser(context, request, { step: 'consent', current })
  return answerWithGrant(context, request, { ...current, scopes })
}

const scopesFor = (
  context: RequestContext,
  client: ClientRecord,
  request: AuthorizationRequest,
  { user }: Current,
): string[] => grantScopes(context, { value: request.scopes.join(' '), client, user })

/** The login of a client for unattended tests. It counts as one with everything the user would have had to show. */
function unattendedLogin(
  context: RequestContext,
  client: ClientRecord,
  request: AuthorizationRequest,
): (Current & { setCookie: string }) | null {
  const user = client.autoApprove ? hintedUser(context, request) : null
  if (!user?.active || (request.hintedUserId ?? user.id) !== user.id) return null
  return startSession(context, user, user.totpState === 'on' ? ['pwd', 'otp'] : ['pwd'])
}
