import {
  codeChallengeMethods,
  displays,
  responseModes,
  responseTypes,
} from '../../../../shared/protocol/authorization-request.ts'
import { JWT_BEARER } from '../../../../shared/protocol/checks/client/facts.ts'
import { ACCESS_TOKEN, handedTypes } from '../../../../shared/protocol/checks/exchange/facts.ts'
import { grants } from '../grants/index.ts'
import type { Schema } from './types.ts'

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more })
const password = (description: string): Schema => text(description, { format: 'password' })

const object = (
  properties: Record<string, Schema>,
  required: string[] = Object.keys(properties),
): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
})

const credentials = { username: text('Name of the user'), password: password('Password of the user') }

/** What tokens are for, beyond their scopes. */
const accessParameters = {
  resource: text('URL of the API that the tokens are for (RFC 8707); it may come more than once'),
  authorization_details: text('What is to be allowed, as a JSON array of objects with a type (RFC 9396)'),
}

/** OpenID Connect Core 1.0 3.1.2.1 */
export const authorizationParameters = {
  client_id: text('The client'),
  request_uri: text('Stands for all that follows, where the request was pushed (RFC 9126)'),
  request: text('All that follows, in a JWT the client signed (RFC 9101)'),
  response_type: text('What is asked for', { enum: responseTypes }),
  redirect_uri: text('Where the answer goes; one of those the client registered'),
  scope: text("Scopes, separated by spaces; left out, the client's default scopes"),
  state: text('Comes back as it is'),
  response_mode: text('How the answer gets there', { enum: responseModes }),
  nonce: text('Comes back in the ID token'),
  code_challenge: text('SHA-256 of the code_verifier, base64url (RFC 7636)'),
  code_challenge_method: text('How the challenge was made', { enum: codeChallengeMethods }),
  prompt: text('none, or any of login, consent and select_account'),
  max_age: text('Seconds a login may be old'),
  acr_values: text('How the user should have logged in: 1 by password, 2 with a second factor'),
  display: text('How large the pages may be; they fit any size', { enum: displays }),
  ui_locales: text('Languages of the user; the pages are English'),
  login_hint: text('Name or id of the user'),
  id_token_hint: text('An ID token of the user'),
  ...accessParameters,
  dpop_jkt: text('Thumbprint of the DPoP key that the code is to be bound to (RFC 9449 10)'),
}

const assertionParameters = {
  client_assertion: text('A JWT the client signed to authenticate (RFC 7523 2.2)'),
  client_assertion_type: text('Type of client_assertion', { enum: [JWT_BEARER] }),
}

/** OpenID Connect RP-Initiated Logout 1.0 2 */
export const logoutParameters = {
  id_token_hint: text('An ID token of the session; without it the user is asked'),
  client_id: text('The client, when there is no ID token to tell it'),
  post_logout_redirect_uri: text('Where to go then; one of those the client registered'),
  state: text('Comes back as it is'),
}

/** Everything under components.schemas. */
export const schemas = {
  TokenRequest: object(
    {
      grant_type: text('What the tokens are asked for with', {
        enum: grants.map(({ grantType }) => grantType),
        default: 'password',
      }),
      username: text('password grant: name of the user'),
      password: password('password grant: password of the user'),
      code: text('authorization_code grant: the code from the redirect'),
      redirect_uri: text('authorization_code grant: the one of the authorization request'),
      code_verifier: text('authorization_code grant: what the code_challenge was made from (RFC 7636)'),
      refresh_token: text('refresh_token grant: the token to trade'),
      device_code: text('device_code grant: what the device polls with (RFC 8628 3.4)'),
      assertion: text('jwt-bearer grant: a JWT the client signed, about the user (RFC 7523 2.1)'),
      subject_token: text('token-exchange grant: access token of whom the new one is about (RFC 8693)'),
      subject_token_type: text('token-exchange grant: type of subject_token', { enum: handedTypes }),
      actor_token: text('token-exchange grant: access token of who is to act; left out for impersonation'),
      actor_token_type: text('token-exchange grant: type of actor_token', { enum: handedTypes }),
      requested_token_type: text('token-exchange grant: type of the new token', { enum: [ACCESS_TOKEN] }),
      audience: text('token-exchange grant: name or URL of what the new token is for'),
      ...accessParameters,
      scope: text("Scopes, separated by spaces; left out, the client's default scopes"),
      client_id: text("Left out, the workspace's default client"),
      client_secret: password('Secret of a confidential client; it may come by HTTP Basic instead'),
      ...assertionParameters,
    },
    ['grant_type'],
  ),
  TokenResponse: object(
    {
      access_token: text(
        'To be sent with the scheme of token_type: a JWT (RFC 9068), or for some clients a name only the issuer knows',
      ),
      token_type: text('How to use it', { enum: ['Bearer', 'DPoP'] }),
      expires_in: { type: 'integer', description: 'Seconds the access token lives' },
      scope: text('What was granted, separated by spaces; 2fa while the second factor is still to be shown'),
      refresh_token: text('JWT, good for one use; only for clients that may refresh'),
      issued_token_type: text('Of a token exchange: type of access_token', { const: ACCESS_TOKEN }),
      id_token: text('Who logged in, and how (OpenID Connect Core 1.0 2); with the scope openid'),
      authorization_details: {
        type: 'array',
        items: { type: 'object' },
        description: 'As granted, when there are any (RFC 9396 7)',
      },
    },
    ['access_token', 'token_type', 'expires_in', 'scope'],
  ),
  PushedRequest: object(
    {
      ...authorizationParameters,
      client_secret: password('Secret of a confidential client'),
      ...assertionParameters,
    },
    ['response_type'],
  ),
  PushedRequestAnswer: object({
    request_uri: text('Stands for the request at /authorize, once, with client_id beside it', {
      format: 'uri',
    }),
    expires_in: { type: 'integer', description: 'Seconds it may be used' },
  }),
  DeviceAuthorizationRequest: object(
    {
      client_id: text('The client, when it does not come by HTTP Basic'),
      client_secret: password('Secret of a confidential client'),
      ...assertionParameters,
      ...accessParameters,
      scope: text("Scopes, separated by spaces; left out, the client's default scopes"),
    },
    [],
  ),
  DeviceAuthorization: object({
    device_code: text('For the device, to poll with'),
    user_code: text('For the user, to type in', { examples: ['BCDF-GHJK'] }),
    verification_uri: text('Where the user types it', { format: 'uri' }),
    verification_uri_complete: text('The same with the code filled in, for a QR code', { format: 'uri' }),
    expires_in: { type: 'integer', description: 'Seconds both codes live' },
    interval: { type: 'integer', description: 'Seconds to wait between two polls' },
  }),
  UserCode: object({ user_code: text('What the device shows; case and dash do not matter') }),
  TokenParameter: object(
    {
      token: text('Access or refresh token'),
      token_type_hint: text('Which of the two; only a hint'),
      client_id: text('The client, when it does not come by HTTP Basic'),
      client_secret: password('Secret of a confidential client'),
      ...assertionParameters,
    },
    ['token'],
  ),
  Introspection: object(
    {
      active: {
        type: 'boolean',
        description: 'Whether the token may be accepted now; when not, nothing else is said',
      },
      scope: text('What was granted, separated by spaces'),
      client_id: text('Client it was issued to'),
      username: text('User it speaks for'),
      token_type: text('Of an access token', { enum: ['Bearer', 'DPoP'] }),
      exp: { type: 'integer', description: 'When it ends, in seconds since the epoch' },
      iat: { type: 'integer', description: 'When it was issued' },
      sub: text('Subject'),
      aud: { type: ['string', 'array'], items: { type: 'string' }, description: 'Audience' },
      iss: text('Issuer'),
      jti: text('Id of the token'),
      cnf: { type: 'object', description: 'Thumbprint of the key it is bound to, jkt (RFC 9449 6.2)' },
      authorization_details: {
        type: 'array',
        items: { type: 'object' },
        description: 'What it is for (RFC 9396 9.2)',
      },
      act: { type: 'object', description: 'Who acts for the subject (RFC 8693 4.1)' },
      may_act: { type: 'object', description: 'Who may act for the subject (RFC 8693 4.4)' },
    },
    ['active'],
  ),
  LogoutRequest: object(logoutParameters, []),
  AuthorizationRequest: object(authorizationParameters, ['client_id', 'response_type']),
  InteractionAnswer: object(
    {
      id: text('Which login this is; from the address the authorization endpoint led to'),
      username: text('First step: name of the user'),
      password: password('First step: password of the user'),
      code: text('Second step, for a user with a second factor: six digits'),
      decision: text('Last step, together with scope:NAME=on for each scope that is allowed', {
        enum: ['allow', 'deny', 'continue'],
      }),
    },
    ['id'],
  ),
  Userinfo: {
    ...object({ sub: text('Id of the user') }),
    description: 'Claims of the user, as far as the scopes profile, email, address and phone show them',
    additionalProperties: true,
  },
  ClientMetadata: {
    type: 'object',
    additionalProperties: true,
    description: 'Members of RFC 7591 2, OpenID Connect Registration 1.0 2 and their extensions',
    properties: {
      redirect_uris: { type: 'array', items: { type: 'string' }, description: 'Where codes may be sent' },
      token_endpoint_auth_method: text('Left out, client_secret_basic'),
      grant_types: { type: 'array', items: { type: 'string' }, description: 'Left out, authorization_code' },
      client_name: text('For people'),
    },
  },
  ClientInformation: {
    type: 'object',
    additionalProperties: true,
    description: 'The client (RFC 7591 3.2.1), with all its metadata',
    properties: {
      client_id: text('Its id'),
      client_secret: text('Its secret, for a method that needs one'),
      client_secret_expires_at: { type: 'integer', description: '0: never' },
      client_id_issued_at: { type: 'integer', description: 'Seconds since the epoch' },
      registration_access_token: text('To manage the client with (RFC 7592)'),
      registration_client_uri: text('Where it is managed', { format: 'uri' }),
    },
    required: ['client_id', 'registration_access_token', 'registration_client_uri'],
  },
  Error: object({
    error: text('Code of the OAuth standards'),
    error_description: text('What went wrong'),
    detail: text("The same as error_description, where FastAPI's clients look for it"),
  }),
  RefreshRequest: object(
    {
      refresh_token: text('The token to trade'),
      scope: text('Fewer scopes than the token has, separated by spaces'),
    },
    ['refresh_token'],
  ),
  LoginRequest: object(credentials),
  LoginResponse: object({
    status: text('Whether the session is complete', { enum: ['logged in', 'second factor required'] }),
  }),
  LogoutResponse: object({ detail: text('That it is done', { const: 'Logged out' }) }),
  Profile: {
    ...object({
      sub: text('Id of the user, the sub of their tokens'),
      username: text('Name of the user'),
      name: { type: ['string', 'null'], description: 'Full name' },
      email: { type: ['string', 'null'], description: 'Email address' },
      is_active: { type: 'boolean', description: 'Whether the user may come in' },
      two_factor: { type: 'boolean', description: 'Whether a second factor is on' },
    }),
    description: 'The user, with further claims as the workspace has them',
    examples: [
      {
        given_name: 'Alice',
        sub: 'alice',
        username: 'alice',
        name: 'Alice Liddell',
        email: 'alice@example.test',
        is_active: true,
        two_factor: false,
      },
    ],
    additionalProperties: true,
  },
  Item: object({
    id: { type: 'integer' },
    title: text('What it is called'),
    owner: { type: ['string', 'null'], description: 'sub of who added it; null for sample items' },
  }),
  NewItem: object({
    title: text('What to call it', { minLength: 1, maxLength: 1_000, examples: ['A white rabbit'] }),
  }),
  SecondFactorSetup: object({
    provisioning_uri: text('otpauth URI for an authenticator app', { format: 'uri' }),
    secret: text('The same secret in base32, to be typed in'),
    qr: text('The URI as a QR code, a PNG data URL', { format: 'uri' }),
  }),
  SecondFactorCode: object({
    code: text('The six digits of this moment', { pattern: '^[0-9]{6}$', examples: ['123456'] }),
  }),
  JwkSet: object({
    keys: { type: 'array', items: { type: 'object' }, description: 'Public keys (RFC 7517)' },
  }),
  Metadata: {
    ...object({ issuer: text('URL of the issuer', { format: 'uri' }) }),
    description: 'Metadata of the issuer (RFC 8414, OpenID Connect Discovery 1.0)',
    additionalProperties: true,
  },
  ResourceMetadata: {
    ...object({ resource: text('URL of the resource', { format: 'uri' }) }),
    description: 'Metadata of a protected resource (RFC 9728)',
    additionalProperties: true,
  },
  ResourceDescriptor: {
    ...object({
      subject: text('The resource, as it was asked for', { format: 'uri' }),
      links: {
        type: 'array',
        items: object({ rel: text('The relation'), href: text('Where it leads', { format: 'uri' }) }),
      },
    }),
    description: 'What is known of a resource (RFC 7033 4.4)',
  },
} as const satisfies Record<string, Schema>

export type SchemaName = keyof typeof schemas

export const refTo = (name: SchemaName): Schema => ({ $ref: `#/components/schemas/${name}` })
