/** How a token was handed to a protected resource. */
export interface PresentationFacts {
  /** Where a token was found: `header`, `body`, `query`. */
  places: readonly string[]
  /** Scheme of the Authorization header as sent; null when there is no such header. */
  scheme: string | null
  token: string | null
}

/** What is known of the token once it was taken apart and looked up. */
export interface TokenFacts {
  /** What the signature says, and why. */
  signature: 'valid' | 'invalid' | 'malformed'
  reason: string
  /** Null for an opaque token. */
  header: Readonly<Record<string, unknown>> | null
  claims: Readonly<Record<string, unknown>>
  /** URLs under which this issuer answers. */
  issuers: readonly string[]
  /** What `aud` may name. */
  audiences: readonly string[]
  now: number
  /** Whose time that is, when not the issuer's: "the API's clock". */
  clock?: string
  /** The ledger's row; null for a genuine token that is not stored any more. */
  record: {
    kind: string
    expiresAt: number
    revokedAt: number | null
    revokedReason: string | null
    consumedAt: number | null
  } | null
}

export interface AccessFacts {
  /** Kind of token the route takes. */
  accepts: readonly string[]
  kind: string
}

export interface UserPresentFacts {
  /** Null for a token a client got for itself. */
  userId: string | null
  clientId: string
}

export interface ResourceFacts {
  requiredScope: string
  granted: readonly string[]
}

/** RFC 6750 3.1: 401 with the error and its reason in the challenge. */
export const invalidToken = (description: string) =>
  ({
    error: 'invalid_token',
    status: 401,
    description,
    challenge: `Bearer error="invalid_token", error_description="${description}"`,
  }) as const
