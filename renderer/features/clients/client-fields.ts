import {
  type ClientOptions,
  defaultClientOptions,
  pickClientOptions,
} from '../../../shared/contract/operations/client-options.ts'
import type {
  Client,
  ClientAuthMethod,
  ClientChanges,
  ClientJwks,
  GrantType,
} from '../../../shared/contract/operations/clients.ts'
import { parseJsonObject } from '../../ui/format/json.ts'
import { hasBroken } from './client-settings.ts'

/** A client's settings that are saved together. Scopes are not among them: they change at once. */
export interface ClientFields extends StoredFields, ClientOptions {
  /** The JSON text of a JWK Set; empty for none. */
  jwks: string
  /** Empty for none. */
  jwksUri: string
}

type StoredFields = Pick<
  Client,
  | 'name'
  | 'authMethods'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'grantTypes'
  | 'accessTokenLifetime'
  | 'refreshTokenLifetime'
  | 'profile'
  | 'autoApprove'
>

export const fieldNames = [
  'name',
  'authMethods',
  'jwks',
  'jwksUri',
  'redirectUris',
  'postLogoutRedirectUris',
  'grantTypes',
  'accessTokenLifetime',
  'refreshTokenLifetime',
  'profile',
  'autoApprove',
  ...(Object.keys(defaultClientOptions) as (keyof ClientOptions)[]),
] as const satisfies readonly (keyof ClientFields)[]

export const toFields = (client: Client): ClientFields => ({
  name: client.name,
  authMethods: client.authMethods,
  jwks: client.jwks === null ? '' : JSON.stringify(client.jwks, null, 2),
  jwksUri: client.jwksUri ?? '',
  redirectUris: client.redirectUris,
  postLogoutRedirectUris: client.postLogoutRedirectUris,
  grantTypes: client.grantTypes,
  accessTokenLifetime: client.accessTokenLifetime,
  refreshTokenLifetime: client.refreshTokenLifetime,
  profile: client.profile,
  autoApprove: client.autoApprove,
  ...pickClientOptions(client),
})

/**
 * The edited fields as changes of the contract; null while keys or claims are no JSON object. Lines of redirect URIs that
 * were left blank are none.
 */
export function toChanges(edits: Partial<ClientFields>): ClientChanges | null {
  const { redirectUris, postLogoutRedirectUris, jwks, jwksUri, ...rest } = edits
  const keys = jwks === undefined ? undefined : toJwks(jwks)
  if (keys?.ok === false || hasBroken(edits)) return null
  return {
    ...rest,
    ...(redirectUris ? { redirectUris: withoutBlanks(redirectUris) } : {}),
    ...(postLogoutRedirectUris ? { postLogoutRedirectUris: withoutBlanks(postLogoutRedirectUris) } : {}),
    ...(keys ? { jwks: keys.jwks } : {}),
    ...(jwksUri === undefined ? {} : { jwksUri: jwksUri.trim() || null }),
  }
}

/** Reads a JWK Set, or a single key as a set of one; empty text is none. What is in it is the core's to judge. */
export function toJwks(text: string): { ok: true; jwks: ClientJwks | null } | { ok: false } {
  if (text.trim() === '') return { ok: true, jwks: null }
  const parsed = parseJsonObject(text)
  if (!parsed.ok) return { ok: false }
  const jwks = 'keys' in parsed.value ? parsed.value : { keys: [parsed.value] }
  return { ok: true, jwks: jwks as ClientJwks }
}

export const withoutBlanks = (uris: readonly string[]): string[] =>
  uris.map((uri) => uri.trim()).filter((uri) => uri !== '')

/** Whether a client proves who it is (RFC 6749 2.1). */
export const isConfidential = ({ authMethods }: Pick<Client, 'authMethods'>): boolean =>
  authMethods.some((method) => method !== 'none')

/** Whether one of its methods rests on a secret it shares with the issuer. */
export const hasSecretMethod = ({ authMethods }: Pick<Client, 'authMethods'>): boolean =>
  authMethods.some((method) => method !== 'none' && method !== 'private_key_jwt')

/** Whether its keys matter: to authenticate, to vouch for users, or to encrypt for it; or are there already. */
export const mayHaveKeys = (fields: ClientFields): boolean =>
  fields.authMethods.includes('private_key_jwt') ||
  fields.grantTypes.includes(JWT_BEARER) ||
  encryptedAnswers.some((answer) => fields[answer] !== null) ||
  fields.jwks !== '' ||
  fields.jwksUri !== ''

const encryptedAnswers = [
  'idTokenEncryptedResponseAlg',
  'userinfoEncryptedResponseAlg',
  'introspectionEncryptedResponseAlg',
  'authorizationEncryptedResponseAlg',
] as const satisfies readonly (keyof ClientOptions)[]

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export function matchesClient(client: Client, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [client.id, client.name].some((text) => text.toLowerCase().includes(wanted))
}

/** Clients that registered themselves, latest first. */
export const registeredOnly = (clients: readonly Client[]): Client[] =>
  clients
    .filter(({ registeredAt }) => registeredAt !== null)
    .toSorted((one, other) => (other.registeredAt ?? 0) - (one.registeredAt ?? 0))

interface Choice<T> {
  value: T
  label: string
  about: string
}

/** What a client has that becomes confidential, until more is chosen. */
export const usualMethods: readonly ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post']

export const provingMethods: readonly Choice<ClientAuthMethod>[] = [
  {
    value: 'client_secret_basic',
    label: 'client_secret_basic',
    about: 'In the Authorization header (RFC 6749 2.3.1).',
  },
  { value: 'client_secret_post', label: 'client_secret_post', about: 'In the form, beside the grant.' },
  {
    value: 'client_secret_jwt',
    label: 'client_secret_jwt',
    about: 'A JWT signed with the secret (RFC 7523 2.2).',
  },
  {
    value: 'private_key_jwt',
    label: 'private_key_jwt',
    about: 'A JWT signed with a private key; its public half is registered.',
  },
]

export const grantChoices: readonly Choice<GrantType>[] = [
  {
    value: 'authorization_code',
    label: 'Authorization code',
    about: 'The user logs in in a browser; the app swaps a code for tokens.',
  },
  { value: 'refresh_token', label: 'Refresh token', about: 'New tokens for an old refresh token.' },
  {
    value: 'client_credentials',
    label: 'Client credentials',
    about: 'The client acts for itself, with its secret.',
  },
  {
    value: 'password',
    label: 'Password',
    about: 'The app takes the password itself; OAuth 2.1 leaves it out.',
  },
  {
    value: 'urn:ietf:params:oauth:grant-type:device_code',
    label: 'Device code',
    about: 'A device without a browser shows a code (RFC 8628).',
  },
  {
    value: 'urn:ietf:params:oauth:grant-type:token-exchange',
    label: 'Token exchange',
    about: 'One token for another (RFC 8693).',
  },
  {
    value: JWT_BEARER,
    label: 'JWT bearer',
    about: 'A JWT the client signed vouches for the user (RFC 7523).',
  },
]

export const grantLabel = (grant: GrantType): string =>
  grantChoices.find(({ value }) => value === grant)?.label ?? grant
