import type { AnswerTarget } from '../../../../shared/protocol/authorization-request.ts'
import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import { findClient } from '../../store/clients.ts'
import { signAuthorizationResponse } from '../../tokens/authorization-response.ts'
import type { RequestContext } from '../context.ts'
import { describable } from '../error-response.ts'
import { formPostPage } from '../pages/form-post.ts'
import { NO_STORE, type Reply } from '../reply.ts'
import { withParameters } from './with-parameters.ts'

/** The answer to an authorization request, on its way through the browser (RFC 6749 4.1.2, RFC 9207 2, JARM 2.3). */
export async function answer(
  context: RequestContext,
  target: AnswerTarget,
  parameters: Record<string, string>,
): Promise<Reply> {
  const { redirectUri, responseMode } = target
  const sent = await answerFields(context, target, parameters)
  if (responseMode === 'form_post') return formPostPage(redirectUri, sent)
  return seeOther(withParameters(redirectUri, responseMode, sent))
}

async function answerFields(
  context: RequestContext,
  target: AnswerTarget,
  parameters: Record<string, string>,
): Promise<Record<string, string>> {
  const { signed, state } = target
  const all = { ...parameters, ...(state === null ? {} : { state }), iss: context.issuer }
  return signed ? { response: await asJwt(context, target, all) } : all
}

function asJwt(
  { core, issuer, issuerName }: RequestContext,
  { clientId }: AnswerTarget,
  parameters: Record<string, string>,
): Promise<string> {
  const alg = findClient(core.database.read, clientId)?.authorizationSignedResponseAlg ?? null
  return signAuthorizationResponse(core, { issuer, issuerName, clientId, alg, parameters })
}

/** RFC 6749 4.1.2.1 */
export function answerWithError(
  context: RequestContext,
  target: AnswerTarget,
  error: OAuthError,
): Promise<Reply> {
  context.trail.error = error.refusal.error
  return answer(context, target, errorOf(error))
}

/** What such an answer says to the client, where the user takes it there. */
export const errorFields = (
  context: RequestContext,
  target: AnswerTarget,
  error: OAuthError,
): Promise<Record<string, string>> => answerFields(context, target, errorOf(error))

const errorOf = ({ refusal }: OAuthError) => ({
  error: refusal.error,
  error_description: describable(refusal.description),
})

/** 303, so that no browser sends a password on to where it is led (RFC 9700 4.12). */
export const seeOther = (location: string, headers: [string, string][] = []): Reply => ({
  status: 303,
  headers: [['location', location], ...NO_STORE, ...headers],
  body: new Uint8Array(0),
})
