import { timingSafeEqual } from 'node:crypto'
import {
  type EndSessionFacts,
  endSessionChecks,
} from '../../../../shared/protocol/checks/end-session/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { endLogin } from '../../logout/end-login.ts'
import { frontChannelUris } from '../../logout/front-channel.ts'
import { isJwe, readIdTokenHint } from '../../tokens/id-token.ts'
import { hashOf } from '../../tokens/read.ts'
import { seeOther } from '../authorization/answer.ts'
import { withParameters } from '../authorization/with-parameters.ts'
import { check, type RequestContext, requestParameters } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { knownClient, noteForeignToken } from '../own.ts'
import { errorPage } from '../pages/error.ts'
import { confirmLogoutPage, loggedOutPage } from '../pages/logout.ts'
import type { Reply } from '../reply.ts'
import { currentSession, expiredCookie, sessionCookie } from '../session-cookie.ts'

// Threat: a page of another site that logs the user out. Without an ID token of this very session the user is asked, and
// their answer carries a proof that only this issuer's own page can know.

/** OpenID Connect RP-Initiated Logout 1.0 */
export const endSessionEndpoint: Endpoint = {
  name: 'end-session',
  path: '/end_session',
  methods: ['GET', 'POST'],
  cors: false,
  async handle(context) {
    try {
      return await logOut(context, requestParameters(context))
    } catch (error) {
      if (error instanceof OAuthError) return errorPage(context, error)
      throw error
    }
  },
}

async function logOut(context: RequestContext, parameters: Parameters): Promise<Reply> {
  const { trail } = context
  const hinted = parameters.get('id_token_hint')
  const hint =
    hinted === undefined ? undefined : await readIdTokenHint(context.core, context.issuerName, hinted)
  if (hint === null) noteForeignToken(context, 'id_token_hint', hinted!)
  const facts = factsOf(context, parameters, hint)
  trail.clientId = facts.client?.id ?? null
  check(context, endSessionChecks, facts)
  const current = currentSession(context)
  if (current === null) return leave(parameters, [])
  trail.links.push(`session:${current.session.hash}`)
  trail.userId = current.user.id
  const known = hint?.userId === current.user.id && (hint.sid === null || hint.sid === current.session.sid)
  if (!known && !isConfirmed(context, parameters)) {
    const answers = ['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state']
    const kept = answers.flatMap((name): [string, string][] =>
      parameters.has(name) ? [[name, parameters.get(name)!]] : [],
    )
    return confirmLogoutPage(current.user.username, [...kept, ['confirm', proof(context)]])
  }
  const frames = frontChannelUris(await endLogin(context.core, current.session))
  return leave(parameters, [['set-cookie', expiredCookie(context)]], frames)
}

function factsOf(
  context: RequestContext,
  parameters: Parameters,
  hint: { clientId: string } | null | undefined,
): EndSessionFacts {
  const clientId = parameters.get('client_id')
  const named = clientId ?? hint?.clientId
  const sent = parameters.get('id_token_hint')
  return {
    hint,
    hintEncrypted: sent !== undefined && isJwe(sent),
    clientId,
    client: named === undefined ? null : knownClient(context, named),
    postLogoutRedirectUri: parameters.get('post_logout_redirect_uri'),
  }
}

const proof = (context: RequestContext): string => hashOf(`end_session ${sessionCookie(context)}`)

function isConfirmed(context: RequestContext, parameters: Parameters): boolean {
  const [sent, expected] = [parameters.get('confirm') ?? '', proof(context)].map((text) => Buffer.from(text))
  return context.method === 'POST' && sent!.length === expected!.length && timingSafeEqual(sent!, expected!)
}

/** On to where the client wants the user, by way of a page with these frames if there are any. */
function leave(parameters: Parameters, headers: Reply['headers'], frames: readonly string[] = []): Reply {
  const uri = parameters.get('post_logout_redirect_uri')
  const state = parameters.get('state')
  const next = uri === undefined ? null : withParameters(uri, 'query', state === undefined ? {} : { state })
  return next === null || frames.length > 0
    ? loggedOutPage({ headers, frames, next })
    : seeOther(next, headers)
}
