import type { AnswerTarget } from '../../../../shared/protocol/authorization-request.ts'
import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import { responseSigner } from '../../tokens/authorization-response.ts'
import type { RequestContext } from '../context.ts'
import { describable } from '../error-response.ts'
import { formPostPage } from '../pages/form-post.ts'
import { NO_STORE, type Reply } from '../reply.ts'
import { withParameters } from './with-parameters.ts'

type Parameters = Record<string, string>

/** The answer to an authorization request, on its way through the browser (RFC 6749 4.1.2, RFC 9207 2, JARM 2.3). */
export async function answer(
  context: RequestContext,
  target: AnswerTarget,
  parameters: Parameters,
): Promise<Reply> {
  return (await answerer(context, target))(parameters)
}

/**
 * How a request will be answered. Asked before anything is given out, so that a client whose key is gone loses nothing.
 *
 * @throws OAuthError invalid_request for an answer that cannot be encrypted as its client wants it
 */
export async function answerer(
  context: RequestContext,
  target: AnswerTarget,
): Promise<(parameters: Parameters) => Promise<Reply>> {
  const { redirectUri, responseMode } = target
  const fields = await fieldsFor(context, target)
  return async (parameters) => {
    const sent = await fields(parameters)
    if (responseMode === 'form_post') return formPostPage(redirectUri, sent)
    return seeOther(withParameters(redirectUri, responseMode, sent))
  }
}

async function fieldsFor(
  { core, issuer, issuerName, trail }: RequestContext,
  { clientId, signed, state }: AnswerTarget,
): Promise<(parameters: Parameters) => Promise<Parameters>> {
  const sign = signed ? await responseSigner(core, { issuer, issuerName, clientId, trail }) : null
  return async (parameters) => {
    const all = { ...parameters, ...(state === null ? {} : { state }), iss: issuer }
    return sign ? { response: await sign(all) } : all
  }
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
export const errorFields = async (
  context: RequestContext,
  target: AnswerTarget,
  error: OAuthError,
): Promise<Parameters> => (await fieldsFor(context, target))(errorOf(error))

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
