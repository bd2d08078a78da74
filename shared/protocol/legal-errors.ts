import type { OAuthErrorCode } from './errors.ts'

type Codes = readonly OAuthErrorCode[]

/** RFC 6750 3.1, and RFC 9449 7.1 where DPoP is spoken. */
const bearer: Codes = [
  'invalid_request',
  'invalid_token',
  'insufficient_scope',
  'invalid_dpop_proof',
  'use_dpop_nonce',
]

/** RFC 6749 4.1.2.1, OpenID Connect Core 1.0 3.1.2.6 and its Error Code unmet_authentication_requirements, RFC 8707 2, RFC 9396 5. */
const authorization: Codes = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'interaction_required',
  'account_selection_required',
  'consent_required',
  'unmet_authentication_requirements',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'invalid_target',
  'invalid_authorization_details',
]

/** RFC 6749 5.2, RFC 8628 3.5, RFC 8707 2, RFC 9396 6, RFC 9449 5 and 8. */
const token: Codes = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
  'invalid_target',
  'invalid_authorization_details',
  'invalid_dpop_proof',
  'use_dpop_nonce',
]

/** RFC 7662 2.3 and RFC 7009 2.2.1 go by RFC 6749 5.2; a caller may show a bearer token instead (RFC 7662 2.1). */
const aboutTokens: Codes = ['invalid_request', 'invalid_client', 'unauthorized_client', 'invalid_token']

/** RFC 7591 3.2.2; the tokens it asks for are bearer tokens (RFC 7592 2). */
const registration: Codes = [
  ...bearer,
  'access_denied',
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_software_statement',
  'unapproved_software_statement',
]

const documents: Codes = ['invalid_request']

/** What each endpoint, by its name, may say in `error`. The tutorial's own routes say what the grant they stand for would. */
export const legalErrors: Readonly<Record<string, Codes>> = {
  discovery: documents,
  'oauth-metadata': documents,
  'protected-resource': documents,
  webfinger: documents,
  jwks: documents,
  openapi: documents,
  docs: documents,
  'docs-asset': documents,
  authorization: [...authorization, 'invalid_client'],
  // RFC 9126 2.3: what either of the two endpoints it stands before may say.
  'pushed-authorization': [...authorization, 'invalid_client', 'invalid_dpop_proof', 'use_dpop_nonce'],
  'device-authorization': [
    'invalid_request',
    'invalid_client',
    'unauthorized_client',
    'invalid_scope',
    'invalid_target',
    'invalid_authorization_details',
  ],
  device: ['invalid_request', 'access_denied', 'expired_token', 'invalid_grant'],
  interaction: ['invalid_request', 'access_denied', 'invalid_grant'],
  'end-session': ['invalid_request', 'invalid_client'],
  registration,
  'client-configuration': registration,
  token,
  introspection: aboutTokens,
  // RFC 7009 2.2.1
  revocation: [...aboutTokens, 'invalid_grant', 'unsupported_token_type'],
  userinfo: bearer,
  me: bearer,
  items: bearer,
  '2fa-setup': bearer,
  // 429 while locked after wrong codes; the code is of RFC 6749 4.1.2.1.
  '2fa-verify': [...bearer, 'invalid_grant', 'temporarily_unavailable'],
  refresh: [...token, 'invalid_token'],
  logout: [...bearer, 'invalid_client', 'invalid_grant'],
  login: token,
}
