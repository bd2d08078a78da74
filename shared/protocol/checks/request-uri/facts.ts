/** A request_uri that leads to a request object somewhere else (RFC 9101 5.2). */
export interface ReferenceFacts {
  requestUri: string
  /** What the client registered. */
  registered: readonly string[]
}

/** What was fetched from there. */
export interface FetchedFacts {
  requestUri: string
  /** Why there is no request object; null when there is one. */
  problem: string | null
  /** Media type without parameters, lower case; empty when none was sent. */
  mediaType: string
  /** Whether it has the parts of a JWT, signed or encrypted. */
  isJwt: boolean
  /** SHA-256 of what was fetched, base64url. */
  hash: string
}

export const referenceRefusal = { error: 'invalid_request_uri' } as const

/**
 * Threat: a stranger's client, which learns from the answers what the issuer can reach, such as which ports of this machine are open.
 * So it is told the same of all that is no request object; what was seen stands in the trace alone.
 */
export const fetchedRefusal = {
  ...referenceRefusal,
  description: 'The request_uri leads to no request object that will do',
} as const
