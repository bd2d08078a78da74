import {
  type ClientOptions,
  defaultClientOptions,
  pickClientOptions,
} from '../../../shared/contract/operations/client-options.ts'
import type {
  Client,
  ClientAuthMethod,
  ClientJwks,
  GrantType,
} from '../../../shared/contract/operations/clients.ts'
import { frozen } from '../frozen.ts'
import type { Reader, Writer } from './database.ts'

export interface ClientRecord extends Omit<Client, 'hasSecret'> {
  secret: string | null
}

interface Row {
  id: string
  name: string
  secret: string | null
  auth_methods: string
  jwks: string | null
  jwks_uri: string | null
  redirect_uris: string
  post_logout_redirect_uris: string
  grant_types: string
  allowed_scopes: string | null
  default_scopes: string
  access_token_lifetime: number | null
  refresh_token_lifetime: number | null
  profile: Client['profile']
  auto_approve: number
  options: string
  registered_at: number | null
  created_at: number
  updated_at: number
}

const fromRow = (row: Row): ClientRecord => ({
  // Options a later version added have their default in an older database.
  ...defaultClientOptions,
  ...(JSON.parse(row.options) as Partial<ClientOptions>),
  id: row.id,
  name: row.name,
  secret: row.secret,
  authMethods: JSON.parse(row.auth_methods) as ClientAuthMethod[],
  jwks: row.jwks === null ? null : (JSON.parse(row.jwks) as ClientJwks),
  jwksUri: row.jwks_uri,
  redirectUris: JSON.parse(row.redirect_uris) as string[],
  postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris) as string[],
  grantTypes: JSON.parse(row.grant_types) as GrantType[],
  allowedScopes: row.allowed_scopes === null ? null : (JSON.parse(row.allowed_scopes) as string[]),
  defaultScopes: JSON.parse(row.default_scopes) as string[],
  accessTokenLifetime: row.access_token_lifetime,
  refreshTokenLifetime: row.refresh_token_lifetime,
  profile: row.profile,
  autoApprove: row.auto_approve === 1,
  registeredAt: row.registered_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const query =
  'SELECT c.*, r.registered_at FROM clients AS c LEFT JOIN registrations AS r ON r.client_id = c.id'

export const listClients = (reader: Reader): ClientRecord[] =>
  reader.all<Row>(`${query} ORDER BY c.id`).map(fromRow)

/** More than one workspace uses at a time; those that register themselves may be many. */
const MAX_KEPT = 1_000

/** What was read since a client last changed, by database: every request asks for its client, some of them twice. */
const kept = new WeakMap<Reader, { revision: number; clients: Map<string, ClientRecord> }>()

function keptClients(reader: Reader): Map<string, ClientRecord> {
  const revision = reader.revision('clients')
  const known = kept.get(reader)
  if (known?.revision === revision && known.clients.size < MAX_KEPT) return known.clients
  const clients = new Map<string, ClientRecord>()
  kept.set(reader, { revision, clients })
  return clients
}

/** Frozen. */
export function findClient(reader: Reader, id: string): ClientRecord | undefined {
  const clients = keptClients(reader)
  const known = clients.get(id)
  if (known) return known
  const row = reader.get<Row>(`${query} WHERE c.id = ?`, id)
  if (!row) return undefined
  const client = frozen(fromRow(row))
  clients.set(id, client)
  return client
}

/** Adds the client or replaces the one with this id. */
export function saveClient(writer: Writer, client: ClientRecord): void {
  writer.touch('clients')
  writer.run(
    `INSERT INTO clients (id, name, secret, auth_methods, redirect_uris, grant_types, allowed_scopes, default_scopes,
       access_token_lifetime, refresh_token_lifetime, profile, post_logout_redirect_uris, auto_approve, jwks, jwks_uri, options, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, secret = excluded.secret, auth_methods = excluded.auth_methods,
       redirect_uris = excluded.redirect_uris, grant_types = excluded.grant_types,
       allowed_scopes = excluded.allowed_scopes, default_scopes = excluded.default_scopes,
       access_token_lifetime = excluded.access_token_lifetime,
       refresh_token_lifetime = excluded.refresh_token_lifetime, profile = excluded.profile,
       post_logout_redirect_uris = excluded.post_logout_redirect_uris, auto_approve = excluded.auto_approve,
       jwks = excluded.jwks, jwks_uri = excluded.jwks_uri, options = excluded.options,
       updated_at = excluded.updated_at`,
    client.id,
    client.name,
    client.secret,
    JSON.stringify(client.authMethods),
    JSON.stringify(client.redirectUris),
    JSON.stringify(client.grantTypes),
    client.allowedScopes && JSON.stringify(client.allowedScopes),
    JSON.stringify(client.defaultScopes),
    client.accessTokenLifetime,
    client.refreshTokenLifetime,
    client.profile,
    JSON.stringify(client.postLogoutRedirectUris),
    client.autoApprove ? 1 : 0,
    client.jwks && JSON.stringify(client.jwks),
    client.jwksUri,
    JSON.stringify(pickClientOptions(client)),
    client.createdAt,
    client.updatedAt,
  )
}

export function deleteClient(writer: Writer, id: string): boolean {
  writer.touch('clients')
  return writer.run('DELETE FROM clients WHERE id = ?', id) > 0
}
