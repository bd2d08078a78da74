/** A request_uri of this form names a pushed authorization request (RFC 9126 2.2). */
export const PUSHED_PREFIX = 'urn:ietf:params:oauth:request_uri:'

/** What there is to know of a request_uri at the authorization endpoint (RFC 9126 4). */
export interface PushedFacts {
  clientId: string | undefined
  now: number
  /** Null for a request_uri nobody was given. */
  record: { clientId: string; expiresAt: number; consumedAt: number | null } | null
}
