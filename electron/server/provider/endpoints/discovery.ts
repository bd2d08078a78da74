import { clientAuthMethod } from '../../../../shared/contract/operations/clients.ts'
import type { SigningAlg } from '../../../../shared/contract/values.ts'
import {
  codeChallengeMethods,
  prompts,
  responseModes,
} from '../../../../shared/protocol/authorization-request.ts'
import { scopeClaims } from '../../../../shared/protocol/claims.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import { listScopes } from '../../store/scopes.ts'
import { acrValues } from '../../tokens/id-token.ts'
import { idTokenAlg } from '../../tokens/key-ring.ts'
import { responseTypes } from '../authorization/request.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { grants } from '../grants/index.ts'
import { json } from '../reply.ts'

/** RFC 7662 2.1: who asks about tokens must authenticate. */
const provingMethods = clientAuthMethod.options.filter((method) => method !== 'none')

/** RFC 8414 2: REQUIRED beside methods by JWT, and never none. */
const assertionAlgs = [...secretAlgorithms, ...publicKeyAlgorithms]

/** Metadata made from what is really there: what it names works, and what does not work it does not name. */
function metadata({ core, issuer, settings }: RequestContext) {
  const scopes = listScopes(core.database.read).map(({ name }) => name)
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    scopes_supported: scopes,
    response_types_supported: responseTypes,
    response_modes_supported: responseModes,
    code_challenge_methods_supported: codeChallengeMethods,
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: prompts,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_parameter_supported: false,
    grant_types_supported: grants.map(({ grantType }) => grantType),
    token_endpoint_auth_methods_supported: clientAuthMethod.options,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint: `${issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: provingMethods,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    device_authorization_endpoint: `${issuer}/device_authorization`,
    revocation_endpoint: `${issuer}/revoke`,
    revocation_endpoint_auth_methods_supported: clientAuthMethod.options,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    ...(scopes.includes('openid') ? openidMetadata(issuer, settings.signingAlg, scopes) : {}),
    service_documentation: `${issuer}/docs`,
  }
}

/** What only an issuer with the scope openid has: without it nobody gets an ID token, nor anything from userinfo. */
const openidMetadata = (issuer: string, signingAlg: SigningAlg, scopes: readonly string[]) => ({
  userinfo_endpoint: `${issuer}/userinfo`,
  end_session_endpoint: `${issuer}/end_session`,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [idTokenAlg(signingAlg)],
  acr_values_supported: acrValues,
  claims_supported: [...PROTOCOL_CLAIMS, ...scopes.flatMap((scope) => claimsOf(scope))],
})

/** Claims of every ID token (OpenID Connect Core 1.0 2). */
const PROTOCOL_CLAIMS = [
  'iss',
  'sub',
  'aud',
  'azp',
  'exp',
  'iat',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'at_hash',
  'sid',
]

const claimsOf = (scope: string): readonly string[] =>
  Object.hasOwn(scopeClaims, scope) ? scopeClaims[scope]! : []

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

/** OpenID Connect Discovery 1.0 4 */
export const openidConfigurationEndpoint = discoveryEndpoint('discovery', '/.well-known/openid-configuration')
