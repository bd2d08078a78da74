/** Error codes on the wire, each from the registry of RFC 6749, 6750, 7009, 8628, OpenID Connect Core 1.0 3.1.2.6 and their like. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_token'
  | 'invalid_target'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'invalid_authorization_details'
  | 'insufficient_scope'
  | 'access_denied'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'unsupported_response_type'
  | 'login_required'
  | 'interaction_required'
  | 'account_selection_required'
  | 'consent_required'
  | 'unmet_authentication_requirements'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'invalid_request_uri'
  | 'invalid_request_object'
  | 'registration_not_supported'
  | 'unsupported_token_type'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement'
  | 'temporarily_unavailable'
  | 'server_error'

/** Why a check refused: the public part goes on the wire, the rest into the trace. */
export interface Refusal {
  error: OAuthErrorCode
  /** error_description: public, in the characters RFC 6749 5.2 allows. */
  description: string
  /** HTTP status; 400 when left out. */
  status?: number
  /** Whole value of a WWW-Authenticate header. */
  challenge?: string
  /** Seconds for a Retry-After header. */
  retryAfter?: number
  /** What was seen and what would have been right, for the trace; never a password or secret. */
  observed?: string
  expected?: string
  hint?: string
}

/** A refusal on its way to the one exit that turns it into a response. */
export class OAuthError extends Error {
  readonly refusal: Refusal
  /** Id of the check that refused; null when it was no check. */
  readonly check: string | null

  constructor(refusal: Refusal, check: string | null = null) {
    super(refusal.description)
    this.name = 'OAuthError'
    this.refusal = refusal
    this.check = check
  }
}
