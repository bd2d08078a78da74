import { responseSigningAlg } from '../../../../shared/contract/operations/client-options.ts'
import { clientAuthMethod, type Scope } from '../../../../shared/contract/operations/clients.ts'
import type { Settings } from '../../../../shared/contract/settings.ts'
import { checkPasswordKept } from '../../../../shared/protocol/checks/token/index.ts'
import { claimTypes } from '../../../../shared/protocol/claim-references.ts'
import { contentEncryptions, keyEncryptions } from '../../../../shared/protocol/jwe.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import { listScopes } from '../../store/scopes.ts'
import { acrValues } from '../../tokens/id-token.ts'
import { authorizationMetadata, implicitGrantTypes } from '../authorization/metadata.ts'
import { proofAlgs } from '../challenge.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { grants } from '../grants/index.ts'
import { enforces } from '../in-force.ts'
import { checkAddressOf } from '../own.ts'
import { describedRoutes } from '../own-resources.ts'
import { json, type Reply } from '../reply.ts'

/** RFC 7662 2.1: who asks about tokens must authenticate. */
const provingMethods = clientAuthMethod.options.filter((method) => method !== 'none')

/** RFC 8414 2: REQUIRED beside methods by JWT, and never none. */
const assertionAlgs = [...secretAlgorithms, ...publicKeyAlgorithms]

/** Metadata made from what is really there: what it names works, and what does not work it does not name. */
function metadata(context: RequestContext) {
  const { core, issuer, settings } = context
  const known = listScopes(core.database.read)
  const scopes = known.map(({ name }) => name)
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    scopes_supported: scopes,
    ...authorizationMetadata(context),
    claims_parameter_supported: true,
    grant_types_supported: [...grantTypes(context), ...implicitGrantTypes(context)],
    token_endpoint_auth_methods_supported: clientAuthMethod.options,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint: `${issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: provingMethods,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_signing_alg_values_supported: responseSigningAlg.options,
    introspection_encryption_alg_values_supported: keyEncryptions,
    introspection_encryption_enc_values_supported: contentEncryptions,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    device_authorization_endpoint: `${issuer}/device_authorization`,
    revocation_endpoint: `${issuer}/revoke`,
    revocation_endpoint_auth_methods_supported: clientAuthMethod.options,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    ...(settings.registration === 'off' ? {} : { registration_endpoint: `${issuer}/register` }),
    ...(scopes.includes('openid') ? openidMetadata(issuer, settings, known) : {}),
    dpop_signing_alg_values_supported: proofAlgs,
    authorization_details_types_supported: settings.authorizationDetailsTypes,
    protected_resources: ['', ...describedRoutes].map((route) => issuer + route),
    service_documentation: `${issuer}/docs`,
  }
}

/** Those a client without levels of its own gets an answer for. */
const grantTypes = (context: RequestContext): string[] => {
  const spoken = grants.map(({ grantType }) => grantType)
  return enforces(context, checkPasswordKept) ? spoken.filter((name) => name !== 'password') : spoken
}

/** What only an issuer with the scope openid has: without it nobody gets an ID token, nor anything from userinfo. */
const openidMetadata = (issuer: string, settings: Settings, scopes: readonly Scope[]) => ({
  userinfo_endpoint: `${issuer}/userinfo`,
  end_session_endpoint: `${issuer}/end_session`,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  subject_types_supported: ['public', 'pairwise'],
  id_token_signing_alg_values_supported: responseSigningAlg.options,
  id_token_encryption_alg_values_supported: keyEncryptions,
  id_token_encryption_enc_values_supported: contentEncryptions,
  userinfo_signing_alg_values_supported: responseSigningAlg.options,
  userinfo_encryption_alg_values_supported: keyEncryptions,
  userinfo_encryption_enc_values_supported: contentEncryptions,
  acr_values_supported: acrValues,
  claims_supported: claimsSupported(settings, scopes),
  claim_types_supported: claimTypes,
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

const claimsSupported = (settings: Settings, scopes: readonly Scope[]): string[] => [
  ...new Set([
    ...PROTOCOL_CLAIMS,
    ...Object.keys(settings.claims).filter((name) => settings.claims[name] !== null),
    ...scopes.flatMap(({ claims }) => claims),
  ]),
]

/** RFC 8414 3.2: a list with nothing in it is left out. */
const withoutEmpty = (all: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => !(Array.isArray(value) && value.length === 0)))

const discoveryEndpoint = (name: string, path: string): Endpoint => ({
  name,
  path,
  methods: ['GET'],
  cors: true,
  handle(context) {
    checkAddressOf(context)
    const headers: Reply['headers'] = [
      ['content-type', 'application/json'],
      ['cache-control', 'no-cache'],
    ]
    return { status: 200, headers, body: documentOf(context) }
  },
})

/** The latest document, by the settings of an issuer, which are others as soon as one of them changes. */
const documents = new WeakMap<Settings, { issuer: string; revisions: string; body: Uint8Array }>()

/** The metadata as JSON. Clients ask again and again, and it is made of no more than settings, scopes, keys and the issuer's URL. */
function documentOf(context: RequestContext): Uint8Array {
  const { core, issuer, settings } = context
  const { read } = core.database
  const revisions = `${read.revision('scopes')} ${read.revision('keys')}`
  const known = documents.get(settings)
  if (known?.issuer === issuer && known.revisions === revisions) return known.body
  const { body } = json(withoutEmpty(metadata(context)))
  documents.set(settings, { issuer, revisions, body })
  return body
}

/** RFC 8414 3 */
export const authorizationServerMetadataEndpoint = discoveryEndpoint(
  'oauth-metadata',
  '/.well-known/oauth-authorization-server',
)

/** OpenID Connect Discovery 1.0 4 */
export const openidConfigurationEndpoint = discoveryEndpoint('discovery', '/.well-known/openid-configuration')
