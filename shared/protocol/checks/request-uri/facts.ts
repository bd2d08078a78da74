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
  /** SHA-256 of what was fetched, base64url. */
  hash: string
}

export const referenceRefusal = { error: 'invalid_request_uri' } as const
