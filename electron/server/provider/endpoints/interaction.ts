import {
  checkAcrMet,
  checkHintedUser,
  checkNotDenied,
} from '../../../../shared/protocol/checks/interaction/index.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import type { Writer } from '../../store/database.ts'
import { endInteraction, type InteractionRecord, moveInteraction } from '../../store/interactions.ts'
import { findUser, type UserRecord } from '../../store/users.ts'
import { answerWithError, seeOther } from '../authorization/answer.ts'
import { interactionUrl, openInteraction } from '../authorization/interaction.ts'
import { answerWithGrant } from '../authorization/issue-answer.ts'
import {
  type Current,
  consentReason,
  hintedUser,
  reachableAcr,
  sessionProblem,
  stepUpReason,
} from '../authorization/next-step.ts'
import { check, followLevelsOf, type RequestContext, requestParameters } from '../context.ts'
import { approveDevice, denyDevice } from '../device/answer.ts'
import type { Endpoint } from '../endpoint.ts'
import { errorPage } from '../pages/error.ts'
import { interactionPage } from '../pages/interaction.ts'
import { loginByPassword } from '../password-login.ts'
import type { Reply } from '../reply.ts'
import { grantScopes } from '../scopes.ts'
import { acceptCode } from '../second-factor.ts'
import { currentSession, startSession } from '../session-cookie.ts'

/** The pages between the request of an app or a device and its answer: password, second factor, consent. */
export const interactionEndpoint: Endpoint = {
  name: 'interaction',
  path: '/interaction',
  methods: ['GET', 'POST'],
  cors: false,
  async handle(context) {
    try {
      const parameters = requestParameters(context)
      const id = parameters.get('id') ?? ''
      const record = openInteraction(context, id)
      const client = findClient(context.core.database.read, record.clientId)!
      followLevelsOf(context, client)
      const interaction = { id, record, client, parameters }
      return context.method === 'POST' ? await take(context, interaction) : show(context, interaction)
    } catch (error) {
      if (error instanceof OAuthError) return errorPage(context, error)
      throw error
    }
  },
}

interface Interaction {
  /** As the browser has it; the store knows its hash. */
  id: string
  record: InteractionRecord
  client: ClientRecord
  parameters: Parameters
}

function show(context: RequestContext, interaction: Interaction, refused?: OAuthError): Reply {
  const { core } = context
  const { id, client, parameters, record } = interaction
  const { request, userId, step } = record
  const userOf = (id: string | null) => (id === null ? null : (findUser(core.database.read, id) ?? null))
  const user = userOf(userId)
  const hinted = userOf(request.hintedUserId) ?? hintedUser(context, request)
  const chosen =
    step === 'login' && request.prompt.includes('select_account') ? continuable(context, record) : null
  return interactionPage(context, {
    id,
    client,
    request,
    step,
    user: user ?? chosen?.user ?? null,
    username: parameters.get('username') ?? hinted?.username ?? '',
    refused: refused?.refusal ?? null,
    scopes: step === 'consent' && user ? scopesFor(context, interaction, user) : [],
  })
}

/** Takes what the user sent, and answers the client as soon as nothing is missing. */
async function take(context: RequestContext, interaction: Interaction): Promise<Reply> {
  const { record, client, parameters } = interaction
  try {
    context.refuseAsked()
    check(context, [checkNotDenied], { decision: parameters.get('decision'), clientId: client.id })
    if (record.step === 'consent') return await takeConsent(context, interaction)
    return await takeLogin(context, interaction)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return await refuse(context, record, error)
  }
}

async function takeLogin(context: RequestContext, interaction: Interaction): Promise<Reply> {
  const { record, parameters } = interaction
  const chosen = parameters.get('decision') === 'continue' ? continuable(context, record) : null
  if (chosen && stepUpReason(record.request, chosen) !== null) {
    return moveOn(context, interaction, { step: 'second-factor', userId: chosen.user.id, sessionHash: null })
  }
  if (chosen) return await loggedIn(context, interaction, chosen, [])
  let user: UserRecord
  try {
    user = await prove(context, record, parameters)
  } catch (error) {
    // What the user can mend is told to them. The client hears nothing of a mistyped password.
    if (!(error instanceof OAuthError)) throw error
    context.trail.error = error.refusal.error
    return show(context, interaction, error)
  }
  if (record.step === 'login' && user.totpState === 'on') {
    return moveOn(context, interaction, { step: 'second-factor', userId: user.id, sessionHash: null })
  }
  const amr = record.step === 'login' ? ['pwd'] : ['pwd', 'otp']
  const { setCookie, ...current } = startSession(context, user, amr)
  return loggedIn(context, interaction, current, [['set-cookie', setCookie]])
}

/** @throws OAuthError to be shown to the user */
async function prove(
  context: RequestContext,
  { step, userId }: InteractionRecord,
  parameters: Parameters,
): Promise<UserRecord> {
  if (step === 'login') return loginByPassword(context, parameters, 'Incorrect username or password')
  const user = findUser(context.core.database.read, userId!)!
  check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
  return acceptCode(context, user, parameters.get('code'))
}

/** The session a user who was asked for an account may go on with. */
function continuable(context: RequestContext, { request }: InteractionRecord): Current | null {
  const current = request.prompt.includes('login') ? null : currentSession(context)
  return current && sessionProblem(context, request, current) === null ? current : null
}

async function loggedIn(
  context: RequestContext,
  interaction: Interaction,
  current: Current,
  headers: Reply['headers'],
): Promise<Reply> {
  const { client, record } = interaction
  const { user, session } = current
  context.trail.userId = user.id
  check(context, [checkHintedUser], { hintedUserId: record.request.hintedUserId, userId: user.id })
  const { requiredAcr } = record.request
  check(context, [checkAcrMet], { requiredAcr, reachable: reachableAcr(current) })
  const scopes = scopesFor(context, interaction, user)
  const reply =
    consentReason(context, record.request, { client, user, scopes }) === null
      ? await finish(context, interaction, { ...current, scopes })
      : moveOn(context, interaction, { step: 'consent', userId: user.id, sessionHash: session.hash })
  return { ...reply, headers: [...reply.headers, ...headers] }
}

async function takeConsent(context: RequestContext, interaction: Interaction): Promise<Reply> {
  const { record, parameters } = interaction
  // Silence is no consent, not even to nothing.
  if (parameters.get('decision') !== 'allow') return show(context, interaction)
  const current = currentSession(context)
  // Logged out, or in as somebody else, in another tab: whoever consents now is not who logged in here.
  if (current?.session.hash !== record.sessionHash) {
    return moveOn(context, interaction, { step: 'login', userId: null, sessionHash: null })
  }
  const offered = scopesFor(context, interaction, current!.user)
  const scopes = offered.filter((scope) => parameters.has(`scope:${scope}`))
  return finish(context, interaction, { ...current!, scopes })
}

const scopesFor = (context: RequestContext, { client, record }: Interaction, user: UserRecord): string[] =>
  grantScopes(context, { value: record.request.scopes.join(' '), client, user })

function moveOn(
  { core }: RequestContext,
  { id, record }: Interaction,
  to: Pick<InteractionRecord, 'step' | 'userId' | 'sessionHash'>,
): Reply {
  core.database.write((writer) => moveInteraction(writer, record.hash, to))
  return seeOther(interactionUrl(id))
}

function finish(
  context: RequestContext,
  { record }: Interaction,
  granted: Current & { scopes: string[] },
): Promise<Reply> | Reply {
  const { request } = record
  const end = (writer: Writer) => endOnce(writer, context, record)
  return 'deviceCodeHash' in request
    ? approveDevice(context, request, granted, end)
    : answerWithGrant(context, request, granted, end)
}

function refuse(
  context: RequestContext,
  record: InteractionRecord,
  error: OAuthError,
): Promise<Reply> | Reply {
  const { request } = record
  const end = (writer: Writer) => endOnce(writer, context, record)
  if ('deviceCodeHash' in request) return denyDevice(context, request, error, end)
  context.core.database.write(end)
  return answerWithError(context, request, error)
}

/** One request gets one answer, also when the form is sent twice. @throws OAuthError to be shown to the user */
function endOnce(writer: Writer, context: RequestContext, record: InteractionRecord): void {
  const now = context.core.clock.now()
  if (endInteraction(writer, record.hash, now)) return
  throw new OAuthError({ error: 'invalid_request', description: 'This login is finished' })
}
