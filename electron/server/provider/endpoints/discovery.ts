import { clientAuthMethod } from '../../../../shared/contract/operations/clients.ts'
import { listScopes } from '../../store/scopes.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { grants } from '../grants/index.ts'
import { json } from '../reply.ts'

/** RFC 7662 2.1: who asks about tokens must authenticate. */
const secretMethods = clientAuthMethod.options.filter((method) => method !== 'none')

/** Metadata made from what is really there: what it names works, and what does not work it does not name. */
function metadata({ core, issuer }: RequestContext) {
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    scopes_supported: listScopes(core.database.read).map(({ name }) => name),
    // REQUIRED by RFC 8414 2; empty as long as there is no authorization endpoint.
    response_types_supported: [],
    grant_types_supported: grants.map(({ grantType }) => grantType),
    token_endpoint_auth_methods_supported: clientAuthMethod.options,
    introspection_endpoint: `${issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: secretMethods,
    revocation_endpoint: `${issuer}/revoke`,
    revocation_endpoint_auth_methods_supported: clientAuthMethod.options,
    service_documentation: `${issuer}/docs`,
  }
}

const discoveryEndpoint = (name: string, path: string): Endpoint => ({
  name,
  path,
  methods: ['GET'],
  cors: true,
  handle: (context) => json(metadata(context), { headers: [['cache-control', 'no-cache']] }),
})

/** RFC 8414 3 */
export const authorizationServerMetadataEndpoint = discoveryEndpoint(
  'oauth-metadata',
  '/.well-known/oauth-authorization-server',
)

/** OpenID Connect Discovery 1.0 4, as far as there is OpenID Connect. */
export const openidConfigurationEndpoint = discoveryEndpoint('discovery', '/.well-known/openid-configuration')
