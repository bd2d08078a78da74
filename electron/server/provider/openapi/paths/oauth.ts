import { answer, formBody, open, proofHeader, refusals, unknownClient } from '../parts.ts'
import { refTo } from '../schemas.ts'
import type { PathItem, Paths } from '../types.ts'

const tags = ['OAuth']

const metadata = (operationId: string, standard: string): PathItem => ({
  get: {
    operationId,
    tags,
    summary: `What the issuer is and can do (${standard})`,
    security: open,
    responses: { '200': answer('The metadata', refTo('Metadata')) },
  },
})

const resourceMetadata = (operationId: string, of: string): PathItem => ({
  get: {
    operationId,
    tags,
    summary: `What ${of} wants of its clients, and who issues its tokens (RFC 9728)`,
    security: open,
    responses: { '200': answer('The metadata', refTo('ResourceMetadata')) },
  },
})

export const oauthPaths: Paths = {
  '/token': {
    post: {
      operationId: 'token',
      tags,
      summary: 'Get tokens',
      description:
        'The token endpoint (RFC 6749 3.2). Takes a form, never JSON. A user with a second factor gets a pending token, which only `/2fa/verify` takes. A client with a secret sends it in the form or by HTTP Basic.',
      parameters: [proofHeader],
      security: open,
      requestBody: formBody('TokenRequest'),
      responses: {
        '200': answer('Tokens', refTo('TokenResponse')),
        ...refusals.badRequest(
          'invalid_request, invalid_grant, invalid_scope, unsupported_grant_type or unauthorized_client; for a device also authorization_pending, slow_down, access_denied or expired_token; with a DPoP proof invalid_dpop_proof or use_dpop_nonce; and invalid_target or invalid_authorization_details',
          ['invalid_grant', 'Incorrect username or password'],
        ),
        ...unknownClient,
        ...refusals.tooLarge,
      },
    },
  },
  '/par': {
    post: {
      operationId: 'pushAuthorizationRequest',
      tags,
      summary: 'Push an authorization request ahead of the user (RFC 9126)',
      description:
        'Takes what `/authorize` takes, by form, from a client that authenticates as it does at `/token`.',
      parameters: [proofHeader],
      security: open,
      requestBody: formBody('PushedRequest'),
      responses: {
        '201': answer('What stands for the request', refTo('PushedRequestAnswer')),
        ...refusals.badRequest('What `/authorize` would refuse', [
          'invalid_request',
          'Parameter response_type is missing',
        ]),
        ...unknownClient,
        ...refusals.tooLarge,
      },
    },
  },
  '/device_authorization': {
    post: {
      operationId: 'authorizeDevice',
      tags,
      summary: 'Begin a login on a device without a browser (RFC 8628)',
      description: 'Show the user the code and the address, and poll `/token` with the device code.',
      security: open,
      requestBody: formBody('DeviceAuthorizationRequest'),
      responses: {
        '200': answer('A code for the device and one for the user', refTo('DeviceAuthorization')),
        ...refusals.badRequest('invalid_request, invalid_scope or unauthorized_client', [
          'unauthorized_client',
          'The client may not use the grant_type urn:ietf:params:oauth:grant-type:device_code',
        ]),
        ...unknownClient,
        ...refusals.tooLarge,
      },
    },
  },
  '/introspect': {
    post: {
      operationId: 'introspect',
      tags,
      summary: 'Ask whether a token is active (RFC 7662)',
      description: 'For APIs: wants a client that authenticates, such as `demo-service`.',
      security: open,
      requestBody: formBody('TokenParameter'),
      responses: {
        '200': answer('What the ledger says now', refTo('Introspection')),
        ...refusals.badRequest('invalid_request: token is missing', [
          'invalid_request',
          'Parameter token is missing',
        ]),
        ...unknownClient,
        ...refusals.tooLarge,
      },
    },
  },
  '/revoke': {
    post: {
      operationId: 'revoke',
      tags,
      summary: 'Revoke a token (RFC 7009)',
      description: 'An access token by itself, a refresh token with its whole family.',
      security: open,
      requestBody: formBody('TokenParameter'),
      responses: {
        '200': { description: 'The token is revoked, or was never known' },
        ...refusals.badRequest('invalid_request, or invalid_grant for the token of another client', [
          'invalid_request',
          'Parameter token is missing',
        ]),
        ...unknownClient,
        ...refusals.tooLarge,
      },
    },
  },
  '/jwks': {
    get: {
      operationId: 'jwks',
      tags,
      summary: 'Public keys to verify tokens with (RFC 7517)',
      security: open,
      responses: { '200': answer('A JWK Set', refTo('JwkSet')) },
    },
  },
  '/.well-known/oauth-authorization-server': metadata('oauthMetadata', 'RFC 8414'),
  '/.well-known/oauth-protected-resource': resourceMetadata('resourceMetadata', 'the sample API'),
  '/.well-known/oauth-protected-resource/me': resourceMetadata('meMetadata', '/me'),
  '/.well-known/oauth-protected-resource/items': resourceMetadata('itemsMetadata', '/items'),
  '/.well-known/webfinger': {
    get: {
      operationId: 'webFinger',
      tags,
      summary: 'The issuer of a user (RFC 7033, OpenID Connect Discovery 2)',
      description:
        'Of an account such as `acct:alice@localhost`, or of the URL of an issuer. As `application/jrd+json`.',
      parameters: [
        {
          name: 'resource',
          in: 'query',
          description: 'URI of the account or issuer',
          required: true,
          schema: { type: 'string' },
        },
        {
          name: 'rel',
          in: 'query',
          description: 'Relations that are wanted; left out, all',
          required: false,
          schema: { type: 'string' },
        },
      ],
      security: open,
      responses: {
        '200': {
          description: 'What is known of it',
          content: { 'application/jrd+json': { schema: refTo('ResourceDescriptor') } },
        },
        ...refusals.badRequest('invalid_request', ['invalid_request', 'Parameter resource is missing']),
        ...refusals.notFound('Nothing is known of this resource'),
      },
    },
  },
  '/.well-known/openid-configuration': metadata('openidConfiguration', 'OpenID Connect Discovery'),
}
