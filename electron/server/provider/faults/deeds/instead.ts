import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { findFaultEndpoint } from '../../../../../shared/contract/faults/endpoints.ts'
import { OAuthError, type OAuthErrorCode, type Refusal } from '../../../../../shared/protocol/errors.ts'
import type { RequestContext } from '../../context.ts'
import { currentNonces, offerNonce } from '../../dpop/nonce.ts'
import { errorReply } from '../../error-response.ts'
import { errorPage } from '../../pages/error.ts'
import { text } from '../../reply.ts'
import type { Deed } from './deed.ts'

const bearer = (status: number) => (refusal: Refusal) => ({
  ...refusal,
  status,
  challenge: `Bearer error="${refusal.error}", error_description="${refusal.description}"`,
})

/** A resource answers with a challenge; where tokens are asked for it is an error like any other (RFC 9449 5, 7.1, 8, 9). */
const ofProof = (refusal: Refusal, endpoint: string): Refusal =>
  isResource(endpoint) ? { ...refusal, status: 401 } : refusal

const isResource = (endpoint: string): boolean =>
  findFaultEndpoint(endpoint)?.errors.includes('insufficient_scope') ?? false

/** Status and challenge of the codes that are not answered 400 (RFC 6749 5.2, RFC 6750 3.1). */
const shapes: Partial<Record<OAuthErrorCode, (refusal: Refusal, endpoint: string) => Refusal>> = {
  invalid_client: (refusal) => ({
    ...refusal,
    status: 401,
    challenge: 'Basic realm="token", charset="UTF-8"',
  }),
  invalid_token: bearer(401),
  insufficient_scope: bearer(403),
  invalid_dpop_proof: ofProof,
  use_dpop_nonce: ofProof,
  temporarily_unavailable: (refusal) => ({ ...refusal, status: 503 }),
}

/** The refusal an action asks for, as the endpoint of this name gives it. */
export function refusalOf({ code, description }: FaultActionOf<'error'>, endpoint: string): OAuthError {
  const refusal = { error: code, description }
  return new OAuthError(shapes[code]?.(refusal, endpoint) ?? refusal)
}

/** Endpoints whose refusals are pages for a user. */
const PAGES = ['device', 'end-session']

export const error: Deed<FaultActionOf<'error'>> = {
  before(action, { context, endpoint: { name } }) {
    // Without one the client could not go on, also where the issuer asks for none.
    if (action.code === 'use_dpop_nonce') offerNonce(context, currentNonces(context), undefined)
    return leave(context, refusalOf(action, name), PAGES.includes(name))
  },
}

function leave(context: RequestContext, refused: OAuthError, asPage: boolean) {
  context.trail.error = refused.refusal.error
  return asPage ? errorPage(context, refused) : errorReply(context, refused)
}

export const answer: Deed<FaultActionOf<'answer'>> = {
  before: ({ status, headers, body }) => ({ ...text(status, '', body), headers: [...headers] }),
}
