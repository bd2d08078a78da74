import { checkClaimsParameter } from '../../../shared/protocol/checks/claims/index.ts'
import {
  type ClaimsRequest,
  parseClaimsParameter,
  withoutValues,
} from '../../../shared/protocol/claims-parameter.ts'
import type { Parameters } from '../../../shared/protocol/form.ts'
import { check, type RequestContext } from './context.ts'

/**
 * The claims an authorization request asks for (OpenID Connect Core 1.0 5.5); null when it asks for none. A value it names
 * becomes the claim's, which a test wants and production would not do: under the profile `strict` it only asks.
 *
 * @throws OAuthError invalid_request
 */
export function readClaimsParameter(context: RequestContext, parameters: Parameters): ClaimsRequest | null {
  const claims = parameters.get('claims')
  if (claims === undefined) return null
  const parsed = parseClaimsParameter(claims)
  check(context, [checkClaimsParameter], { claims, problem: 'problem' in parsed ? parsed.problem : null })
  if ('problem' in parsed) return null
  return context.profile === 'strict' ? withoutValues(parsed.claims) : parsed.claims
}

/**
 * The same of a token request that starts a grant without the authorization endpoint. The standard has no such parameter there,
 * so that under `strict` it is passed over like any other nobody knows (RFC 6749 3.2).
 *
 * @throws OAuthError invalid_request
 */
export const claimsOfTokenRequest = (
  context: RequestContext,
  parameters: Parameters,
): ClaimsRequest | null => (context.profile === 'strict' ? null : readClaimsParameter(context, parameters))
