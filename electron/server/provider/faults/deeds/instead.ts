import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { OAuthError, type OAuthErrorCode, type Refusal } from '../../../../../shared/protocol/errors.ts'
import type { RequestContext } from '../../context.ts'
import { errorReply } from '../../error-response.ts'
import { errorPage } from '../../pages/error.ts'
import { text } from '../../reply.ts'
import type { Deed } from './deed.ts'

const bearer = (status: number) => (refusal: Refusal) => ({
  ...refusal,
  status,
  challenge: `Bearer error="${refusal.error}", error_description="${refusal.description}"`,
})

/** Status and challenge of the codes that are not answered 400 (RFC 6749 5.2, RFC 6750 3.1). */
const shapes: Partial<Record<OAuthErrorCode, (refusal: Refusal) => Refusal>> = {
  invalid_client: (refusal) => ({
    ...refusal,
    status: 401,
    challenge: 'Basic realm="token", charset="UTF-8"',
  }),
  invalid_token: bearer(401),
  insufficient_scope: bearer(403),
  invalid_dpop_proof: bearer(401),
  use_dpop_nonce: bearer(401),
  temporarily_unavailable: (refusal) => ({ ...refusal, status: 503 }),
}

/** The refusal an action asks for. */
export function refusalOf({ code, description }: FaultActionOf<'error'>): OAuthError {
  const refusal = { error: code, description }
  return new OAuthError(shapes[code]?.(refusal) ?? refusal)
}

/** Endpoints whose refusals are pages for a user. */
const PAGES = ['device', 'end-session']

export const error: Deed<FaultActionOf<'error'>> = {
  before: (action, { context, endpoint }) => leave(context, refusalOf(action), PAGES.includes(endpoint.name)),
}

function leave(context: RequestContext, refused: OAuthError, asPage: boolean) {
  context.trail.error = refused.refusal.error
  return asPage ? errorPage(context, refused) : errorReply(context, refused)
}

export const answer: Deed<FaultActionOf<'answer'>> = {
  before: ({ status, headers, body }) => ({ ...text(status, '', body), headers: [...headers] }),
}
