import { refTo, type SchemaName } from './schemas.ts'
import type { MediaType, Operation, Response, Schema, SecurityRequirement } from './types.ts'

// Pieces that descriptions are put together from.

export const BEARER = 'OAuth2PasswordBearer'
export const COOKIE = 'APIKeyCookie'

export const open: readonly SecurityRequirement[] = []
export const bearer = (...scopes: string[]): readonly SecurityRequirement[] => [{ [BEARER]: scopes }]
export const bearerOrCookie: readonly SecurityRequirement[] = [{ [BEARER]: [] }, { [COOKIE]: [] }]

export const answer = (description: string, schema: Schema, headers?: Response['headers']): Response => ({
  description,
  ...(headers ? { headers } : {}),
  content: { 'application/json': { schema } },
})

const header = (name: string, description: string, type = 'string') => ({
  [name]: { description, schema: { type } },
})

const error = (description: string, headers?: Response['headers']) =>
  answer(description, refTo('Error'), headers)

export const setCookie = header('Set-Cookie', 'session_id, with HttpOnly, SameSite=Lax and, as set, Secure')

const challenge = header('WWW-Authenticate', 'Scheme to come back with, and what was wrong (RFC 6750 3.1)')

/** Responses that several routes share, by status. */
export const refusals = {
  badRequest: (description: string) => ({ '400': error(description) }),
  unauthorized: (description: string) => ({ '401': error(description, challenge) }),
  forbidden: (scope: string) => ({ '403': error(`The token has not the scope ${scope}`, challenge) }),
  tooLarge: { '413': error('The body is too large') },
  locked: {
    '429': error(
      'Too many wrong codes in a row',
      header('Retry-After', 'Seconds until it may be tried again', 'integer'),
    ),
  },
}

/** What a missing, wrong, expired or revoked credential gets. */
export const notAuthenticated = refusals.unauthorized('No valid token or session was sent')
export const inactiveUser = refusals.badRequest('The user is inactive')

type Body = NonNullable<Operation['requestBody']>

const media = (schema: SchemaName): MediaType => ({ schema: refTo(schema) })

export const formBody = (schema: SchemaName): Body => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': media(schema) },
})

export const jsonBody = (schema: SchemaName): Body => ({
  required: true,
  content: { 'application/json': media(schema) },
})

export const jsonOrFormBody = (schema: SchemaName): Body => ({
  required: true,
  content: { ...jsonBody(schema).content, ...formBody(schema).content },
})
