import { listScopes } from '../../store/scopes.ts'
import { proofAlgs } from '../challenge.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { describedRoutes } from '../own-resources.ts'
import { json } from '../reply.ts'

/** Scopes that routes of the sample API want; the whole API wants them all. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  '': ['read', 'write'],
  '/items': ['read', 'write'],
}

/** RFC 9728 2. Its `resource` is the URL it was asked for, as clients compare the two (3.3). */
function metadata({ core, issuer, settings }: RequestContext, route: string) {
  const known = listScopes(core.database.read).map(({ name }) => name)
  const scopes = (wanted[route] ?? []).filter((scope) => known.includes(scope))
  const types = settings.authorizationDetailsTypes
  return {
    resource: issuer + route,
    authorization_servers: [issuer],
    ...(scopes.length > 0 ? { scopes_supported: scopes } : {}),
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: proofAlgs,
    dpop_bound_access_tokens_required: false,
    ...(types.length > 0 ? { authorization_details_types_supported: types } : {}),
    resource_name: `Sample API of Grantscope${route === '' ? '' : `, ${route}`}`,
    resource_documentation: `${issuer}/docs`,
  }
}

/**
 * The sample API as a resource, and each of its routes as one of its own: a client that was sent here by a 401 accepts only the URL
 * it had called (RFC 9728 3.3).
 */
export const protectedResourceEndpoints: readonly Endpoint[] = ['', ...describedRoutes].map((route) => ({
  name: 'protected-resource',
  path: `/.well-known/oauth-protected-resource${route}`,
  methods: ['GET'],
  cors: true,
  handle: (context) => json(metadata(context, route), { headers: [['cache-control', 'no-cache']] }),
}))
