/** How a client made itself known. */
export interface ClientFacts {
  /** Ways it used at once, such as `client_secret_basic`, `private_key_jwt`. */
  methods: string[]
  /** The method that counts; `none` when only a client_id came. */
  method: ClientMethod
  /** False for an Authorization: Basic header that cannot be read. */
  wellFormed: boolean
  /** The client that counts. */
  clientId: string
  /** client_id of the body; null when there is none. */
  bodyClientId: string | null
  /** Null for a client nobody registered. */
  client: { authMethods: readonly string[]; redirectUris: readonly string[] } | null
  /** Whether the secret that came is the registered one; null when none came. */
  secretMatches: boolean | null
}

export type ClientMethod =
  | 'none'
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'client_secret_jwt'
  | 'private_key_jwt'

/** Whether a request says which client it comes from. */
export interface NamedClientFacts {
  /** What it asks for, or starts. */
  grantType: string
  named: boolean
  /** The client that counts: the default one, where none is named. */
  clientId: string
}

/** The two parameters of client authentication by assertion (RFC 7521 4.2). */
export interface ClientAssertionFacts {
  hasAssertion: boolean
  assertionType: string | null
}

/** RFC 7523 2.2 */
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** RFC 6749 5.2, RFC 9110 15.5.2: a 401 names the scheme a client may try. */
export const clientRefusal = {
  error: 'invalid_client',
  status: 401,
  challenge: 'Basic realm="token", charset="UTF-8"',
} as const
