/** APIs a request asks a token for (RFC 8707 2). */
export interface ResourceIndicatorFacts {
  resources: readonly string[]
  /** The issuer's own API, under every name of the issuer. */
  own: readonly string[]
  /** Those the issuer was told of; null means any. */
  listed: readonly string[] | null
}

export interface ResourceNarrowingFacts {
  resources: readonly string[]
  /** Those of the grant; empty for one that named none. */
  granted: readonly string[]
  own: readonly string[]
}

/** How many one token may be for. */
export const MOST_RESOURCES = 20

/** How long the URI of one may be. */
export const LONGEST_RESOURCE = 2_000

export const invalidTarget = (description: string) => ({ error: 'invalid_target', description }) as const
