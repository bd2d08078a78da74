import { ContractError } from '../../../../shared/contract/envelope.ts'
import { parseInput } from '../../../../shared/contract/issues.ts'
import { type NewClient, newClient, redirectUri } from '../../../../shared/contract/operations/clients.ts'
import { isImplicit } from '../../../../shared/protocol/checks/registration/index.ts'
import { DEFAULT_CONTENT_ENCRYPTION } from '../../../../shared/protocol/jwe.ts'
import { encryptionsOf, type PublicJwk } from '../../../../shared/protocol/jwk.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { requestUriProblem } from '../../../../shared/protocol/request-uri.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { isLocalMember, readLanguages, writeLanguages } from './languages.ts'

type Field = Exclude<keyof NewClient, 'id' | 'secret' | 'issuer' | 'languages' | 'softwareStatement'>

/** A member of client metadata by its name in the standard, and the field of ours that holds it. */
interface Member {
  name: string
  field: Field
  /** The member in the form of the field. */
  read(value: unknown): unknown
  /** The field in the form of the member; undefined where there is nothing to say. */
  write(client: ClientRecord): unknown
}

const same = (name: string, field: Field): Member => ({
  name,
  field,
  read: (value) => value,
  write: (client) => client[field],
})

/** The way the content is encrypted, which has a default beside an algorithm alone (OpenID Connect Registration 1.0 2). */
const contentEncryption = (
  name: string,
  field: Field & `${string}Enc`,
  alg: Field & `${string}Alg`,
): Member => ({
  ...same(name, field),
  write: (client) => client[field] ?? (client[alg] === null ? null : DEFAULT_CONTENT_ENCRYPTION),
})

const IMPLICIT = 'implicit'

/** Every member the issuer gives a meaning to (RFC 7591 2, OpenID Connect Registration 1.0 2 and their extensions). */
const members: readonly Member[] = [
  {
    name: 'redirect_uris',
    field: 'redirectUris',
    // Single URIs have checks of their own, which say more.
    read: (value) =>
      Array.isArray(value) ? value.filter((uri) => redirectUri.safeParse(uri).success) : value,
    write: ({ redirectUris }) => redirectUris,
  },
  {
    name: 'token_endpoint_auth_method',
    field: 'authMethods',
    read: (value) => [value],
    write: ({ authMethods }) => authMethods[0],
  },
  {
    // The implicit grant has no place at the token endpoint: a client is held to it by its response types.
    name: 'grant_types',
    field: 'grantTypes',
    read: (value) => (Array.isArray(value) ? value.filter((grantType) => grantType !== IMPLICIT) : value),
    write: ({ grantTypes, responseTypes }) => [
      ...grantTypes,
      ...(responseTypes.some(isImplicit) ? [IMPLICIT] : []),
    ],
  },
  {
    name: 'response_types',
    field: 'responseTypes',
    read: (value) => (Array.isArray(value) ? value.map(inOrder) : value),
    write: ({ responseTypes }) => responseTypes,
  },
  {
    name: 'scope',
    field: 'allowedScopes',
    read: (value) => (typeof value === 'string' ? value.split(' ').filter((name) => name !== '') : value),
    write: ({ allowedScopes }) => allowedScopes?.join(' '),
  },
  { ...same('client_name', 'name'), write: ({ id, name }) => (name === id ? undefined : name) },
  { ...same('jwks', 'jwks'), read: usableKeys },
  same('jwks_uri', 'jwksUri'),
  { ...same('post_logout_redirect_uris', 'postLogoutRedirectUris'), read: literal },
  same('application_type', 'applicationType'),
  same('subject_type', 'subjectType'),
  same('sector_identifier_uri', 'sectorIdentifierUri'),
  same('id_token_signed_response_alg', 'idTokenSignedResponseAlg'),
  same('userinfo_signed_response_alg', 'userinfoSignedResponseAlg'),
  same('introspection_signed_response_alg', 'introspectionSignedResponseAlg'),
  same('authorization_signed_response_alg', 'authorizationSignedResponseAlg'),
  same('id_token_encrypted_response_alg', 'idTokenEncryptedResponseAlg'),
  contentEncryption(
    'id_token_encrypted_response_enc',
    'idTokenEncryptedResponseEnc',
    'idTokenEncryptedResponseAlg',
  ),
  same('userinfo_encrypted_response_alg', 'userinfoEncryptedResponseAlg'),
  contentEncryption(
    'userinfo_encrypted_response_enc',
    'userinfoEncryptedResponseEnc',
    'userinfoEncryptedResponseAlg',
  ),
  same('introspection_encrypted_response_alg', 'introspectionEncryptedResponseAlg'),
  contentEncryption(
    'introspection_encrypted_response_enc',
    'introspectionEncryptedResponseEnc',
    'introspectionEncryptedResponseAlg',
  ),
  same('authorization_encrypted_response_alg', 'authorizationEncryptedResponseAlg'),
  contentEncryption(
    'authorization_encrypted_response_enc',
    'authorizationEncryptedResponseEnc',
    'authorizationEncryptedResponseAlg',
  ),
  same('request_object_signing_alg', 'requestObjectSigningAlg'),
  same('request_object_encryption_alg', 'requestObjectEncryptionAlg'),
  contentEncryption(
    'request_object_encryption_enc',
    'requestObjectEncryptionEnc',
    'requestObjectEncryptionAlg',
  ),
  {
    ...same('request_uris', 'requestUris'),
    // Single URIs have a check of their own, which says more.
    read: (value) =>
      Array.isArray(value)
        ? value.filter((uri) => typeof uri === 'string' && requestUriProblem(uri) === null)
        : value,
    write: ({ requestUris }) => (requestUris.length === 0 ? undefined : requestUris),
  },
  same('token_endpoint_auth_signing_alg', 'tokenEndpointAuthSigningAlg'),
  same('require_signed_request_object', 'requireSignedRequestObject'),
  same('require_pushed_authorization_requests', 'requirePushedAuthorizationRequests'),
  same('dpop_bound_access_tokens', 'dpopBoundAccessTokens'),
  same('authorization_details_types', 'authorizationDetailsTypes'),
  same('default_max_age', 'defaultMaxAge'),
  same('require_auth_time', 'requireAuthTime'),
  same('default_acr_values', 'defaultAcrValues'),
  same('frontchannel_logout_uri', 'frontchannelLogoutUri'),
  same('frontchannel_logout_session_required', 'frontchannelLogoutSessionRequired'),
  same('backchannel_logout_uri', 'backchannelLogoutUri'),
  same('backchannel_logout_session_required', 'backchannelLogoutSessionRequired'),
  same('initiate_login_uri', 'initiateLoginUri'),
  same('client_uri', 'clientUri'),
  same('logo_uri', 'logoUri'),
  same('policy_uri', 'policyUri'),
  same('tos_uri', 'tosUri'),
  same('contacts', 'contacts'),
  same('software_id', 'softwareId'),
  same('software_version', 'softwareVersion'),
]

/** The words of a response type come in any order (OAuth 2.0 Multiple Response Types 3). */
const inOrder = (responseType: unknown): unknown =>
  typeof responseType === 'string' ? responseType.split(' ').sort().join(' ') : responseType

/** Without the keys and members nobody here can use, which are to be ignored (RFC 7517 5). */
function usableKeys(value: unknown): unknown {
  if (!isJsonObject(value) || !Array.isArray(value.keys)) return value
  const foreign = (key: unknown) =>
    isJsonObject(key) &&
    (!['RSA', 'EC', 'OKP', 'oct'].includes(String(key.kty)) ||
      (key.use === 'enc' && encryptionsOf(key as PublicJwk).length === 0))
  return { keys: value.keys.filter((key) => !foreign(key)) }
}

/** "loopback" stands for many URIs in the workbench; from outside it is a word that is no URI. */
function literal(value: unknown): unknown {
  return Array.isArray(value) ? value.map((uri) => (uri === 'loopback' ? '' : uri)) : value
}

const names = new Set(members.map(({ name }) => name))

/** Whether anybody looks at the member. */
export const isKnownMember = (member: string): boolean => names.has(member) || isLocalMember(member)

export interface MetadataReading {
  /** With the defaults of the standards (RFC 7591 2) for what was left out or cannot be used. */
  client: NewClient
  unusable: { member: string; problem: string }[]
}

/** Reads what a client says of itself. A member that is null or empty counts as left out (RFC 7592 2.2). */
export function readMetadata(sent: JsonObject, fixed: Pick<NewClient, 'id' | 'issuer'>): MetadataReading {
  const fields: Record<string, unknown> = {
    authMethods: ['client_secret_basic'],
    grantTypes: ['authorization_code'],
    ...fixed,
  }
  const unusable: MetadataReading['unusable'] = []
  for (const { name, field, read } of members) {
    const value = sent[name]
    if (value === undefined || value === null || value === '') continue
    const found = parsed(field, read(value))
    if ('problem' in found) unusable.push({ member: name, problem: found.problem })
    else fields[field] = found.value
  }
  const redirects = (fields.grantTypes as string[]).includes('authorization_code')
  const { languages, problems } = readLanguages(sent)
  const client = newClient.parse({ responseTypes: redirects ? ['code'] : [], ...fields, languages })
  return { client, unusable: [...unusable, ...problems] }
}

function parsed(field: Field, value: unknown): { value: unknown } | { problem: string } {
  try {
    return { value: parseInput(newClient.shape[field], value) }
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    const { path, message } = error.issues![0]!
    return { problem: path === '' || field === 'authMethods' ? message : `(at ${path}) ${message}` }
  }
}

/** What the issuer holds the client to, under the names of the standards. */
export const writeMetadata = (client: ClientRecord): JsonObject => ({
  ...Object.fromEntries(
    members
      .map(({ name, write }): [string, unknown] => [name, write(client)])
      .filter(([, value]) => value !== undefined && value !== null),
  ),
  ...writeLanguages(client.languages),
  ...(client.softwareStatement === null ? {} : { software_statement: client.softwareStatement }),
})

/** What a client has that it cannot say of itself, such as its id, its check levels or its lifetimes. */
export function besidesMetadata(client: ClientRecord): Partial<ClientRecord> {
  const fields = new Set<string>(['languages', 'softwareStatement', ...members.map(({ field }) => field)])
  return Object.fromEntries(Object.entries(client).filter(([name]) => !fields.has(name)))
}
