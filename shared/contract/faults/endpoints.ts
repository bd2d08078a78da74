import type { OAuthErrorCode } from '../../protocol/errors.ts'
import { legalErrors } from '../../protocol/legal-errors.ts'

export const tokenMembers = ['access_token', 'id_token', 'refresh_token'] as const
export type TokenMember = (typeof tokenMembers)[number]

/** What an endpoint's requests and answers have, as far as a fault may turn on it or change it. */
export interface FaultEndpoint {
  /** As in exchanges. */
  name: string
  title: string
  methods: readonly ('GET' | 'POST' | 'PUT' | 'DELETE')[]
  /** Of a good answer. */
  body: 'json' | 'page' | 'file' | 'none'
  /** Tokens that may be in its answer, be that a body or a redirect. */
  tokens: readonly TokenMember[]
  /** Parameters its redirects may carry to the client; empty for an endpoint that redirects nobody. */
  redirect: readonly string[]
  /** Codes the standards let it answer. */
  errors: readonly OAuthErrorCode[]
  /** Whether a request tells which client it is of. */
  client: boolean
  /** Whether a request may be about a user. */
  user: boolean
  /** Whether a request has a grant_type. */
  grants: boolean
}

const base = {
  methods: ['GET'],
  body: 'json',
  tokens: [],
  redirect: [],
  client: false,
  user: false,
  grants: false,
} as const satisfies Partial<FaultEndpoint>

/** RFC 6749 4.1.2 and 4.2.2, OpenID Connect Core 1.0 3.3.2.5, RFC 9207 2, JARM 2.3 */
const inRedirects = [
  'code',
  'state',
  'iss',
  'access_token',
  'token_type',
  'expires_in',
  'scope',
  'id_token',
  'response',
  'error',
  'error_description',
]
const resource = { ...base, client: true, user: true } as const
const metadata = { ...base, title: 'Metadata' } as const
const loginAnswer = { redirect: inRedirects, client: true, user: true } as const

const table: readonly Omit<FaultEndpoint, 'errors'>[] = [
  { ...metadata, name: 'discovery', title: 'OpenID discovery' },
  { ...metadata, name: 'oauth-metadata', title: 'OAuth metadata' },
  { ...metadata, name: 'protected-resource', title: 'Metadata of the sample API' },
  { ...metadata, name: 'jwks', title: 'JWKS' },
  { ...base, name: 'webfinger', title: 'WebFinger' },
  {
    ...base,
    ...loginAnswer,
    name: 'authorization',
    title: 'Authorization',
    methods: ['GET', 'POST'],
    body: 'none',
    tokens: ['access_token', 'id_token'],
  },
  {
    ...base,
    ...loginAnswer,
    name: 'interaction',
    title: 'Pages of the login',
    methods: ['GET', 'POST'],
    body: 'page',
    tokens: ['access_token', 'id_token'],
  },
  {
    ...base,
    name: 'pushed-authorization',
    title: 'Pushed authorization requests',
    methods: ['POST'],
    client: true,
  },
  {
    ...base,
    name: 'device-authorization',
    title: 'Device authorization',
    methods: ['POST'],
    client: true,
  },
  {
    ...base,
    name: 'device',
    title: 'Page for the code of a device',
    methods: ['GET', 'POST'],
    body: 'page',
    client: true,
    user: true,
  },
  {
    ...base,
    name: 'token',
    title: 'Token',
    methods: ['POST'],
    tokens: tokenMembers,
    client: true,
    user: true,
    grants: true,
  },
  {
    ...base,
    name: 'introspection',
    title: 'Introspection',
    methods: ['POST'],
    client: true,
    user: true,
  },
  {
    ...base,
    name: 'revocation',
    title: 'Revocation',
    methods: ['POST'],
    client: true,
    user: true,
  },
  { ...resource, name: 'userinfo', title: 'Userinfo', methods: ['GET', 'POST'] },
  {
    ...base,
    name: 'registration',
    title: 'Registration of clients',
    methods: ['POST'],
  },
  {
    ...base,
    name: 'client-configuration',
    title: 'Configuration of a registered client',
    methods: ['GET', 'PUT', 'DELETE'],
    client: true,
  },
  {
    ...base,
    name: 'end-session',
    title: 'Logout at the issuer',
    methods: ['GET', 'POST'],
    body: 'page',
    redirect: ['state'],
    client: true,
    user: true,
  },
  { ...resource, name: 'me', title: '/me of the sample API' },
  { ...resource, name: 'items', title: '/items of the sample API', methods: ['GET', 'POST'] },
  {
    ...base,
    name: 'refresh',
    title: '/refresh of the tutorial',
    methods: ['POST'],
    tokens: tokenMembers,
    client: true,
    user: true,
    grants: true,
  },
  {
    ...base,
    name: 'login',
    title: '/login of the tutorial',
    methods: ['POST'],
    user: true,
  },
  { ...resource, name: 'logout', title: '/logout of the tutorial', methods: ['POST'] },
  { ...resource, name: '2fa-setup', title: 'Set-up of a second factor', methods: ['POST'] },
  {
    ...resource,
    name: '2fa-verify',
    title: 'Code of a second factor',
    methods: ['POST'],
    tokens: tokenMembers,
  },
  { ...metadata, name: 'openapi', title: 'OpenAPI description' },
  { ...base, name: 'docs', title: 'Documentation page', body: 'page' },
  { ...base, name: 'docs-asset', title: 'Files of the documentation page', body: 'file' },
]

/** What the pages of the login tell the client is the answer of the authorization endpoint; what only a page could say is left out. */
const errorsOf = (name: string): readonly OAuthErrorCode[] =>
  name === 'authorization' || name === 'interaction'
    ? legalErrors.authorization!.filter((code) => code !== 'invalid_client')
    : legalErrors[name]!

/** Every endpoint of the issuer, by the name exchanges have it under. */
export const faultEndpoints: readonly FaultEndpoint[] = table.map((endpoint) => ({
  ...endpoint,
  errors: errorsOf(endpoint.name),
}))

const byName = new Map(faultEndpoints.map((endpoint) => [endpoint.name, endpoint]))

export const findFaultEndpoint = (name: string): FaultEndpoint | undefined => byName.get(name)
