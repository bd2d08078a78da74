import type { AnswerTarget } from '../../../../shared/protocol/authorization-request.ts'
import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import { responseSigner } from '../../tokens/authorization-response.ts'
import type { RequestContext } from '../context.ts'
import { describable } from '../error-response.ts'
import { formPostPage } from '../pages/form-post.ts'
import { NO_STORE, type Reply } from '../reply.ts'

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
  { clientId, redirectUri, responseMode, signed, state }: AnswerTarget,
): Promise<(parameters: Parameters) => Promise<Reply>> {
  const { core, issuer, issuerName, trail } = context
  const sign = signed ? await responseSigner(core, { issuer, issuerName, clientId, trail }) : null
  return async (parameters) => {
    const all = { ...parameters, ...(state === null ? {} : { state }), iss: issuer }
    const sent: Parameters = sign ? { response: await sign(all) } : all
    if (responseMode === 'form_post') return formPostPage(redirectUri, sent)
    return seeOther(withParameters(redirectUri, responseMode, sent))
  }
}

/** RFC 6749 4.1.2.1 */
export function answerWithError(
  context: RequestContext,
  target: AnswerTarget,
  error: OAuthError,
): Promise<Reply> {
  context.trail.error = error.refusal.error
  return answer(context, target, {
    error: error.refusal.error,
    error_description: describable(error.refusal.description),
  })
}

/** 303, so that no browser sends a password on to where it is led (RFC 9700 4.12). */
export const seeOther = (location: string, headers: [string, string][] = []): Reply => ({
  status: 303,
  headers: [['location', location], ...NO_STORE, ...headers],
  body: new Uint8Array(0),
})

/** To the letter: a URI that was parsed and written again might not be the one that was registered. */
export function withParameters(
  uri: string,
  responseMode: 'query' | 'fragment',
  parameters: Parameters,
): string {
  const text = new URLSearchParams(parameters).toString()
  if (text === '') return uri
  if (responseMode === 'fragment') return `${uri}#${text}`
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`
}
