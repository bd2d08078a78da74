import { z } from 'zod'
import { command, query } from '../operation.ts'
import { clientId, issuerName, jsonObject, nothing, resourceUri, timestamp, webUrl } from '../values.ts'

/** How the client says who it is at the token endpoint (OpenID Connect Core 1.0 9, RFC 8414 2). */
export const flowAuthMethod = z.enum([
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
])
export type FlowAuthMethod = z.infer<typeof flowAuthMethod>

/** Endpoints by the names of RFC 8414 and OpenID Connect Discovery. */
export const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'end_session_endpoint',
] as const
export type EndpointName = (typeof endpointNames)[number]

/** Where a flow goes: an issuer of this workspace, one that describes itself, or endpoints that were typed in. */
export const profileIssuer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('built-in'), name: issuerName }),
  z.strictObject({
    kind: z.literal('discovery'),
    /** The issuer's URL, or that of its metadata document. */
    url: webUrl,
  }),
  z.strictObject({
    kind: z.literal('manual'),
    /** What `iss` has to be; null when nobody knows. */
    issuer: webUrl.nullable(),
    endpoints: z.partialRecord(z.enum(endpointNames), webUrl),
  }),
])
export type ProfileIssuer = z.infer<typeof profileIssuer>

/** Where the browser comes back: to this machine, or to a URL of somebody's app, from where its address is pasted. */
export const profileRedirect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('loopback'),
    /** The name in the URI; what listens is on 127.0.0.1 (RFC 8252 7.3). */
    host: z.enum(['127.0.0.1', 'localhost']).default('127.0.0.1'),
    /** Null takes a free one. */
    port: z.number().int().min(1).max(65_535).nullable().default(null),
    path: z
      .string()
      .regex(/^\/[\w\-./~%]{0,200}$/, 'must be a path without a query')
      .default('/callback'),
  }),
  z.strictObject({ kind: z.literal('other'), uri: z.string().min(1).max(2_000) }),
])
export type ProfileRedirect = z.infer<typeof profileRedirect>

const fields = {
  name: z.string().trim().min(1).max(100),
  issuer: profileIssuer,
  clientId,
  authMethod: flowAuthMethod,
  scope: z.string().max(2_000),
  /** RFC 8707 2 */
  resource: resourceUri.nullable(),
  /** For issuers that want it in place of `resource`. */
  audience: z.string().max(2_000).nullable(),
  redirect: profileRedirect,
  /** Sent along with authorization and token requests. */
  extraParameters: z.record(z.string().min(1).max(100), z.string().max(10_000)),
}

/** What a run keeps of its profile: what it was when the run began. */
export const profileSnapshot = z.object({
  ...fields,
  hasSecret: z.boolean(),
  /** Public half of the key of `private_key_jwt`, to register at the issuer. */
  publicJwk: jsonObject.nullable(),
})
export type ProfileSnapshot = z.infer<typeof profileSnapshot>

export const flowProfile = profileSnapshot.extend({
  id: z.string(),
  /** How its secrets are kept. */
  kept: z.enum(['system', 'plain']),
  createdAt: timestamp,
  updatedAt: timestamp,
})
export type FlowProfile = z.infer<typeof flowProfile>

export const newFlowProfile = z.strictObject({
  name: fields.name,
  issuer: fields.issuer,
  clientId,
  authMethod: flowAuthMethod.default('none'),
  scope: fields.scope.default(''),
  resource: fields.resource.default(null),
  audience: fields.audience.default(null),
  redirect: fields.redirect.default({ kind: 'loopback', host: '127.0.0.1', port: null, path: '/callback' }),
  extraParameters: fields.extraParameters.default({}),
})
export type NewFlowProfile = z.input<typeof newFlowProfile>

const id = z.string().max(100)
const one = z.strictObject({ id })

export const flowProfileOperations = {
  'flowProfiles.list': query(
    'Profiles of issuers and clients to run flows with, by name.',
    nothing,
    z.array(flowProfile),
  ),
  'flowProfiles.get': query('One profile, without its secrets.', one, flowProfile),
  'flowProfiles.save': command(
    'Add a profile, or replace the one of this id.',
    z.strictObject({
      id: id.optional(),
      profile: newFlowProfile,
      /** Left out, what was kept stays; null forgets it. */
      secret: z.string().min(1).max(2_000).nullable().optional(),
      /** A private JWK as JSON, for `private_key_jwt`. */
      privateJwk: z.string().max(20_000).nullable().optional(),
    }),
    flowProfile,
  ),
  'flowProfiles.delete': command('Forget a profile. Runs made with it stay.', one, nothing),
  'flowProfiles.secret': query(
    'The secrets of a profile, to copy.',
    one,
    z.object({ secret: z.string().nullable(), privateJwk: z.string().nullable() }),
  ),
  'flowProfiles.discover': command(
    'Fetch the metadata of an issuer, and say what is in it.',
    z.strictObject({
      issuer: profileIssuer,
      /** A request to another machine is refused unless this is true. */
      confirmOutbound: z.boolean().default(false),
    }),
    z.object({
      /** The document's URL; null for endpoints that were typed in. */
      url: z.string().nullable(),
      issuer: z.string().nullable(),
      endpoints: z.partialRecord(z.enum(endpointNames), z.string()),
      /** Lists of what is supported, as in the document. */
      metadata: jsonObject,
      /** What is wrong with it, such as an issuer that is not the one asked for (RFC 8414 3.3). */
      problems: z.array(z.string()),
    }),
  ),
}
