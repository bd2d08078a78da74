import {
  type AuthorizationDetail,
  parseAuthorizationDetails,
} from '../../../shared/protocol/authorization-details.ts'
import {
  authorizationDetailsChecks,
  checkDetailsNarrow,
} from '../../../shared/protocol/checks/authorization-details/index.ts'
import { checkResourceNarrows, resourceChecks } from '../../../shared/protocol/checks/resource/index.ts'
import { type Parameters, valuesOf } from '../../../shared/protocol/form.ts'
import type { ClientRecord } from '../store/clients.ts'
import type { GrantRecord } from '../store/grants.ts'
import { check, type RequestContext } from './context.ts'
import { ownResources } from './own-resources.ts'

/** What a grant or token is for, beyond its scopes. */
export interface RequestedAccess {
  /** APIs it is for (RFC 8707 2); empty means the issuer's own. */
  resources: string[]
  /** RFC 9396 2 */
  authorizationDetails: AuthorizationDetail[]
}

/**
 * What a request that starts a grant asks for.
 *
 * @throws OAuthError invalid_target or invalid_authorization_details
 */
export function requestedAccess(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
): RequestedAccess {
  const resources = resourcesOf(parameters)
  if (resources.length > 0) {
    const own = ownResources(context)
    check(context, resourceChecks, { resources, own, listed: context.settings.resources })
  }
  return { resources, authorizationDetails: detailsOf(context, client, parameters) ?? [] }
}

/**
 * What of its grant a request for tokens asks for: all of it where it names nothing.
 *
 * @throws OAuthError invalid_target or invalid_authorization_details
 */
export function narrowedAccess(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
  grant: GrantRecord,
): RequestedAccess {
  const asked = resourcesOf(parameters)
  if (asked.length > 0) {
    const own = ownResources(context)
    check(context, resourceChecks, { resources: asked, own, listed: context.settings.resources })
    check(context, [checkResourceNarrows], { resources: asked, granted: grant.resources, own })
  }
  const details = detailsOf(context, client, parameters)
  const granted = grant.authorizationDetails
  if (details !== null) check(context, [checkDetailsNarrow], { details, granted })
  return {
    resources: asked.length > 0 ? asked : grant.resources,
    authorizationDetails: details ?? granted,
  }
}

const resourcesOf = (parameters: Parameters): string[] => [...new Set(valuesOf(parameters, 'resource'))]

/** Null when the request has none. */
function detailsOf(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
): AuthorizationDetail[] | null {
  const value = parameters.get('authorization_details')
  if (value === undefined) return null
  const parsed = parseAuthorizationDetails(value)
  const details = 'details' in parsed ? parsed.details : []
  check(context, authorizationDetailsChecks, {
    details,
    size: value.length,
    problem: 'problem' in parsed ? parsed.problem : null,
    known: context.settings.authorizationDetailsTypes,
    allowed: client.authorizationDetailsTypes,
    clientId: client.id,
  })
  return details as AuthorizationDetail[]
}
