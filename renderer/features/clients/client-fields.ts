import type {
  Client,
  ClientAuthMethod,
  ClientChanges,
  GrantType,
} from '../../../shared/contract/operations/clients.ts'

/** A client's settings that are saved together. Scopes are not among them: they change at once. */
export type ClientFields = Pick<
  Client,
  | 'name'
  | 'authMethods'
  | 'redirectUris'
  | 'grantTypes'
  | 'accessTokenLifetime'
  | 'refreshTokenLifetime'
  | 'profile'
>

export const fieldNames = [
  'name',
  'authMethods',
  'redirectUris',
  'grantTypes',
  'accessTokenLifetime',
  'refreshTokenLifetime',
  'profile',
] as const satisfies readonly (keyof ClientFields)[]

export const toFields = (client: Client): ClientFields => ({
  name: client.name,
  authMethods: client.authMethods,
  redirectUris: client.redirectUris,
  grantTypes: client.grantTypes,
  accessTokenLifetime: client.accessTokenLifetime,
  refreshTokenLifetime: client.refreshTokenLifetime,
  profile: client.profile,
})

/** The edited fields as changes of the contract: lines of redirect URIs that were left blank are none. */
export function toChanges(edits: Partial<ClientFields>): ClientChanges {
  const { redirectUris, ...rest } = edits
  return redirectUris ? { ...rest, redirectUris: withoutBlanks(redirectUris) } : rest
}

export const withoutBlanks = (uris: readonly string[]): string[] =>
  uris.map((uri) => uri.trim()).filter((uri) => uri !== '')

/** Whether a client can keep a secret (RFC 6749 2.1). */
export const isConfidential = ({ authMethods }: Pick<Client, 'authMethods'>): boolean =>
  authMethods.some((method) => method !== 'none')

export function matchesClient(client: Client, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [client.id, client.name].some((text) => text.toLowerCase().includes(wanted))
}

interface Choice<T> {
  value: T
  label: string
  about: string
}

export const secretMethods: readonly Choice<ClientAuthMethod>[] = [
  {
    value: 'client_secret_basic',
    label: 'client_secret_basic',
    about: 'In the Authorization header (RFC 6749 2.3.1).',
  },
  { value: 'client_secret_post', label: 'client_secret_post', about: 'In the form, beside the grant.' },
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
]

export const grantLabel = (grant: GrantType): string =>
  grantChoices.find(({ value }) => value === grant)?.label ?? grant
