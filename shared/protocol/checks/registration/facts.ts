/** The body of a registration (RFC 7591 3.1) before its members are looked at. */
export interface MetadataBodyFacts {
  /** Media type without parameters, lower case; empty when none was sent. */
  mediaType: string
  /** Why it is no JSON object; null when it is one. */
  problem: string | null
  /** Levels of objects and lists inside one another. */
  depth: number
}

/** What a client says of itself (RFC 7591 2, OpenID Connect Registration 1.0 2), with the defaults of the standards filled in. */
export interface MetadataFacts {
  /** Names of all members that were sent. */
  members: readonly string[]
  /** Those of them that no standard this issuer knows gives a meaning. */
  unknown: readonly string[]
  /** Members with a value that cannot be used; `problem` is the end of a sentence that begins with the member. */
  unusable: readonly { member: string; problem: string }[]
  /** As sent, so perhaps no texts at all. */
  redirectUris: readonly unknown[]
  applicationType: 'web' | 'native'
  grantTypes: readonly string[]
  responseTypes: readonly string[]
  /** Response types the issuer answers. */
  supportedResponseTypes: readonly string[]
  authMethod: string
  hasJwks: boolean
  jwksUri: string | null
  /** As sent; undefined for none. */
  softwareStatement: unknown
  /** Whether it is of a publisher the issuer trusts, and genuine. */
  statementCounts: boolean
  /** Scopes it wants that are none of the workspace's. */
  unknownScopes: readonly string[]
  subjectType: 'public' | 'pairwise'
  sectorIdentifierUri: string | null
  postLogoutRedirectUris: readonly string[]
  frontchannelLogoutUri: string | null
  backchannelLogoutUri: string | null
  initiateLoginUri: string | null
  requireSignedRequestObject: boolean
  requestObjectSigningAlg: string | null
  /** What does not fit together of what it wants encrypted. */
  encryptionProblems: readonly { member: string; problem: string }[]
  /** As sent, so perhaps no texts at all. */
  requestUris: readonly unknown[]
}

/** A software statement that is a signed JWT, while there are publishers that are trusted (RFC 7591 2.3). */
export interface StatementFacts {
  /** Its iss; null for none. */
  publisher: string | null
  /** Whose statements count. */
  trusted: readonly string[]
  /** What is wrong with its signature or its times; null when nothing is. */
  problem: string | null
}

/** What lies behind the sector_identifier_uri (OpenID Connect Registration 1.0 5). */
export interface SectorFacts {
  sectorIdentifierUri: string
  /** Why there is no list of URIs; null when there is one. */
  problem: string | null
  listed: readonly string[]
  redirectUris: readonly string[]
}

/** A bearer token that lets its holder register (RFC 7591 3) or manage a client (RFC 7592 2). */
export interface RegistrationTokenFacts {
  token: string | null
  /** Why it does not open this door, for the trace; null when it does. */
  problem: string | null
}

/** An update beside the client it replaces (RFC 7592 2.2). */
export interface UpdateFacts {
  members: readonly string[]
  /** As sent; undefined for none. */
  clientId: unknown
  clientSecret: unknown
  registered: { clientId: string }
  /** Whether the secret that was sent is the registered one. */
  secretMatches: boolean
}

export const invalidMetadata = { error: 'invalid_client_metadata' } as const
export const invalidRedirectUri = { error: 'invalid_redirect_uri' } as const

/** Response types that give tokens without a token endpoint, and so belong to the implicit grant (RFC 7591 2.1). */
export const isImplicit = (responseType: string): boolean => /\b(token|id_token)\b/.test(responseType)

export const isLoopbackHttp = (uri: string): boolean =>
  /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?]|$)/i.test(uri)

export const isHttp = (uri: string): boolean => /^http:/i.test(uri)

export const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string')

/** For `observed`: what was sent, cut to a length a trace can show. */
export const listed = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)).join(', ')
