import { z } from 'zod'
import { publicJwkProblem } from '../../protocol/jwk.ts'
import { command, query } from '../operation.ts'
import { clientId, nothing, profileName, scopeName, seconds, timestamp } from '../values.ts'
import { clientOptionFields, clientOptions } from './client-options.ts'

export const grantType = z.enum([
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
])
export type GrantType = z.infer<typeof grantType>

export const clientAuthMethod = z.enum([
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
])
export type ClientAuthMethod = z.infer<typeof clientAuthMethod>

/** `loopback` stands for any http(s) URI on a loopback host, any port, any path. */
export const redirectUri = z.union([
  z.literal('loopback'),
  z
    .string()
    .max(2000)
    .refine(
      (uri) => URL.canParse(uri) && !uri.includes('#'),
      'must be an absolute URI without a fragment (RFC 6749 3.1.2)',
    ),
])

const jwkNames = {
  kty: z.string(),
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
}

/** Public keys a client signs with, as a JWK Set (RFC 7517 5). A private key has no place here. */
export const clientJwks = z.strictObject({
  keys: z
    .array(
      z.looseObject(jwkNames).superRefine((jwk, context) => {
        const problem = publicJwkProblem(jwk)
        if (problem !== null) context.addIssue({ code: 'custom', message: problem })
      }),
    )
    .min(1)
    .max(50),
})
export type ClientJwks = z.infer<typeof clientJwks>

export const client = z.object({
  ...clientOptionFields,
  /** client_id */
  id: z.string(),
  name: z.string(),
  authMethods: z.array(clientAuthMethod),
  hasSecret: z.boolean(),
  /** Keys it signs with (RFC 7591 2); null when they are behind jwksUri, or when it has none. */
  jwks: clientJwks.nullable(),
  /** Where its JWK Set is fetched from. */
  jwksUri: z.string().nullable(),
  redirectUris: z.array(z.string()),
  /** Where a logout may lead (OpenID Connect RP-Initiated Logout 1.0 3.1). */
  postLogoutRedirectUris: z.array(z.string()),
  grantTypes: z.array(grantType),
  /** Scopes this client may be granted; null means any. */
  allowedScopes: z.array(z.string()).nullable(),
  /** Scopes it gets when a request names none. */
  defaultScopes: z.array(z.string()),
  /** Seconds; null means the issuer's own. */
  accessTokenLifetime: z.number().int().nullable(),
  refreshTokenLifetime: z.number().int().nullable(),
  /** Set of check levels; null means the issuer's own. */
  profile: profileName.nullable(),
  /** For unattended tests: the user a login_hint names is logged in unasked, and consent is taken as given. */
  autoApprove: z.boolean(),
  /** When it registered itself (RFC 7591); null for a client that was made in the workbench or by a file. */
  registeredAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
})
export type Client = z.infer<typeof client>

const settings = {
  name: z.string().trim().min(1).max(200),
  authMethods: z.array(clientAuthMethod).min(1),
  jwks: clientJwks.nullable(),
  jwksUri: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .max(2000)
    .nullable(),
  redirectUris: z.array(redirectUri).max(100),
  postLogoutRedirectUris: z.array(redirectUri).max(100),
  grantTypes: z.array(grantType),
  allowedScopes: z.array(scopeName).nullable(),
  defaultScopes: z.array(scopeName),
  accessTokenLifetime: seconds.nullable(),
  refreshTokenLifetime: seconds.nullable(),
  profile: profileName.nullable(),
  autoApprove: z.boolean(),
}
const secret = z.string().min(1).max(500)

export const newClient = z.strictObject({
  id: clientId,
  /** Left out for a client with a secret method: one is generated. */
  secret: secret.optional(),
  name: settings.name.optional(),
  authMethods: settings.authMethods.default(['none']),
  jwks: settings.jwks.default(null),
  jwksUri: settings.jwksUri.default(null),
  redirectUris: settings.redirectUris.default([]),
  postLogoutRedirectUris: settings.postLogoutRedirectUris.default([]),
  grantTypes: settings.grantTypes.default(['authorization_code', 'refresh_token']),
  allowedScopes: settings.allowedScopes.default(null),
  defaultScopes: settings.defaultScopes.default([]),
  accessTokenLifetime: settings.accessTokenLifetime.default(null),
  refreshTokenLifetime: settings.refreshTokenLifetime.default(null),
  profile: settings.profile.default(null),
  autoApprove: settings.autoApprove.default(false),
  ...clientOptions.shape,
})
export type NewClient = z.infer<typeof newClient>

export const clientChanges = z.strictObject({ ...settings, ...clientOptionFields, secret }).partial()
export type ClientChanges = z.infer<typeof clientChanges>

export const scope = z.object({
  name: z.string(),
  description: z.string(),
  /** Claims it stands for (OpenID Connect Core 1.0 5.4). */
  claims: z.array(z.string()),
  createdAt: timestamp,
})
export type Scope = z.infer<typeof scope>

const byId = z.strictObject({ id: z.string() })
const scopeClaims = z.array(z.string().min(1).max(200)).max(200)
const scopeFields = { name: scopeName, description: z.string().max(500) }

/** Left out, the claims are those the standard gives a scope of this name. */
export const newScope = z.strictObject({ ...scopeFields, claims: scopeClaims.optional() })
export type NewScope = z.infer<typeof newScope>

export const clientOperations = {
  'clients.list': query('All clients, by client_id.', nothing, z.array(client)),
  'clients.get': query('One client.', byId, client),
  'clients.create': command('Register a client.', newClient, client),
  'clients.update': command(
    'Change a client.',
    z.strictObject({ id: z.string(), changes: clientChanges }),
    client,
  ),
  'clients.delete': command('Remove a client, with its grants and tokens.', byId, nothing),
  'clients.secret': query("A client's secret, to copy.", byId, z.object({ secret: z.string().nullable() })),
  'scopes.list': query('All scopes, in the order they were made.', nothing, z.array(scope)),
  'scopes.create': command('Add a scope.', newScope, scope),
  'scopes.update': command(
    'Change what a scope says, and the claims it stands for.',
    z.strictObject({ ...scopeFields, claims: scopeClaims }).partial({ description: true, claims: true }),
    scope,
  ),
  'scopes.delete': command(
    'Remove a scope; clients and users lose it.',
    z.strictObject({ name: z.string() }),
    nothing,
  ),
}
