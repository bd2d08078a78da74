import type { FlowParameter } from '../../../contract/operations/flows.ts'
import { ACCESS_TOKEN_TYPE } from '../steps/token.ts'

const parameter = (
  name: string,
  label: string,
  about: string,
  more: Partial<FlowParameter> = {},
): FlowParameter => ({
  name,
  label,
  about,
  type: 'text',
  required: false,
  choices: [],
  default: null,
  ...more,
})

export const scope = parameter('scope', 'Scope', 'What is asked for, in place of the scope of the profile.')
export const resource = parameter('resource', 'Resource', 'The API the token is for (RFC 8707).', {
  type: 'url',
})
export const audience = parameter('audience', 'Audience', 'The same for issuers that want it by this name.')
const access = [scope, resource, audience]

const PLAIN_MODES = ['query', 'fragment', 'form_post']
const RESPONSE_MODES = [...PLAIN_MODES, 'jwt', ...PLAIN_MODES.map((mode) => `${mode}.jwt`)]

export const authorization = [
  ...access,
  parameter('code_challenge_method', 'PKCE', 'How the code is tied to this client (RFC 7636 4.2).', {
    type: 'choice',
    choices: ['S256', 'plain', 'none'],
    default: 'S256',
  }),
  parameter(
    'response_mode',
    'Response mode',
    'How the answer comes back: in the query, the fragment or a form; with jwt, signed (JARM).',
    { type: 'choice', choices: RESPONSE_MODES },
  ),
  parameter('prompt', 'Prompt', 'What the user is asked again: none, login, consent, select_account.'),
  parameter('login_hint', 'Login hint', 'Who will log in, as far as known.', { type: 'user' }),
  parameter('max_age', 'Max age', 'How old the login may be, in seconds.'),
  parameter('acr_values', 'ACR values', 'How strong the login should be, such as 2 for a second factor.'),
  parameter('claims', 'Claims', 'Single claims, as JSON (OpenID Connect Core 1.0 5.5).', { type: 'json' }),
  parameter(
    'authorization_details',
    'Authorization details',
    'What exactly is asked for, as JSON (RFC 9396).',
    {
      type: 'json',
    },
  ),
  parameter('ui_locales', 'Languages', "The user's languages, such as fr-CA fr."),
]

export const clientOnly = access

export const credentials = [
  parameter('username', 'User', 'Who logs in.', { type: 'user', required: true }),
  parameter('password', 'Password', "The user's password.", { type: 'secret', required: true }),
]

export const password = [...credentials, ...access]

export const secondFactor = [
  ...credentials,
  parameter(
    'code_2fa',
    'Code',
    'Six digits of the authenticator app. Left out, the code of a user of this workspace is worked out.',
  ),
]

export const refresh = [
  parameter('refresh_token', 'Refresh token', 'Left out, the one the run has.', { type: 'token' }),
  parameter('refresh_scope', 'Scope', 'Less than before; left out, it stays as it is.'),
  resource,
  audience,
]

const TOKEN_TYPES = [
  ACCESS_TOKEN_TYPE,
  'urn:ietf:params:oauth:token-type:refresh_token',
  'urn:ietf:params:oauth:token-type:id_token',
  'urn:ietf:params:oauth:token-type:jwt',
]

export const exchange = [
  parameter('subject_token', 'Subject token', 'In whose name; left out, the access token the run has.', {
    type: 'token',
  }),
  parameter('subject_token_type', 'Its type', 'What kind of token it is.', {
    type: 'choice',
    choices: TOKEN_TYPES,
    default: ACCESS_TOKEN_TYPE,
  }),
  parameter('actor_token', 'Actor token', 'Who acts for them; left out, it is impersonation.', {
    type: 'token',
  }),
  parameter('actor_token_type', 'Its type', 'What kind of token it is.', {
    type: 'choice',
    choices: TOKEN_TYPES,
  }),
  parameter('requested_token_type', 'Wanted', 'What kind of token is asked for.', {
    type: 'choice',
    choices: TOKEN_TYPES,
  }),
  ...access,
]

export const aboutToken = [
  parameter('token', 'Token', 'Left out, the access token the run has.', { type: 'token' }),
  parameter('token_type_hint', 'Hint', 'What kind of token it probably is.', {
    type: 'choice',
    choices: ['access_token', 'refresh_token'],
  }),
]

export const accessToken = parameter('access_token', 'Access token', 'Left out, the one the run has.', {
  type: 'token',
})

export const call = [
  accessToken,
  parameter('url', 'URL', "Of the API; left out, /me of the issuer's sample API.", { type: 'url' }),
  parameter('method', 'Method', 'GET when left out.', {
    type: 'choice',
    choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    default: 'GET',
  }),
  parameter('body', 'Body', 'JSON to send.', { type: 'json' }),
]

export const idTokenHint = parameter(
  'id_token_hint',
  'ID token',
  'Of the login to end; left out, the one the run has.',
  {
    type: 'token',
  },
)
