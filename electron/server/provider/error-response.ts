import type { OAuthError } from '../../../shared/protocol/errors.ts'
import { challengeOf } from './challenge.ts'
import type { RequestContext } from './context.ts'
import { json, NO_STORE, type Reply } from './reply.ts'

/** The one exit of every refusal (RFC 6749 5.2, RFC 6750 3.1). `detail` says the same to the tutorial's clients. */
export function errorReply(context: RequestContext, { refusal }: OAuthError): Reply {
  const description = describable(refusal.description)
  const headers: [string, string][] = [...NO_STORE]
  const { status, challenge } = challengeOf(context, refusal, description)
  if (challenge !== null) headers.push(['www-authenticate', challenge])
  if (refusal.retryAfter) headers.push(['retry-after', String(refusal.retryAfter)])
  const body = { error: refusal.error, error_description: description, detail: description }
  return json(body, { status, headers })
}

/** RFC 6749 5.2: what error_description may hold. */
export const describable = (text: string): string => text.replace(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '?')
