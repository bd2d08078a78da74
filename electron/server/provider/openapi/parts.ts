import { MAX_BODY_BYTES } from '../../../../shared/protocol/checks/request/check-size.ts'
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

/** RFC 9449 4.1 */
export const proofHeader = {
  name: 'DPoP',
  in: 'header',
  description: 'A proof that the caller holds a key, to which the tokens are bound (RFC 9449)',
  required: false,
  schema: { type: 'string' },
} as const

/** An error code and the sentence that comes with it. */
type Example = readonly [code: string, sentence: string]

const error = (description: string, [code, sentence]: Example, headers?: Response['headers']): Response => ({
  description,
  ...(headers ? { headers } : {}),
  content: {
    'application/json': {
      schema: refTo('Error'),
      example: { error: code, error_description: sentence, detail: sentence },
    },
  },
})

export const setCookie = header('Set-Cookie', 'session_id, with HttpOnly, SameSite=Lax and, as set, Secure')

const challenge = header('WWW-Authenticate', 'Scheme to come back with, and what was wrong (RFC 6750 3.1)')

/** Responses that several routes share, by status. */
export const refusals = {
  badRequest: (description: string, example: Example) => ({ '400': error(description, example) }),
  unauthorized: (description: string, example: Example) => ({
    '401': error(description, example, challenge),
  }),
  forbidden: (scope: string) => ({
    '403': error(
      `The token lacks the scope ${scope}`,
      ['insufficient_scope', `Scope ${scope} required`],
      challenge,
    ),
  }),
  notFound: (sentence: string) => ({ '404': error(sentence, ['invalid_request', sentence]) }),
  tooLarge: {
    '413': error('The body is too large', [
      'invalid_request',
      `The body is larger than ${MAX_BODY_BYTES} bytes`,
    ]),
  },
  locked: {
    '429': error(
      'Too many wrong codes in a row',
      ['temporarily_unavailable', 'Too many wrong codes, try again in 60 seconds'],
      header('Retry-After', 'Seconds until it may be tried again', 'integer'),
    ),
  },
}

/** What a missing, wrong, expired or revoked credential gets. */
export const notAuthenticated = refusals.unauthorized('No valid token or session was sent', [
  'invalid_token',
  'Not authenticated',
])
export const inactiveUser = refusals.badRequest('The user is inactive', ['invalid_request', 'Inactive user'])

/** What a client that is unknown, or does not prove itself, gets. */
export const unknownClient = refusals.unauthorized(
  'invalid_client: the client is unknown or did not authenticate',
  ['invalid_client', 'Client authentication failed'],
)

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
