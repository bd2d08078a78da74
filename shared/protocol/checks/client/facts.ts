/** How a client made itself known. */
export interface ClientFacts {
  /** Ways it used at once: `client_secret_basic`, `client_secret_post`. */
  methods: string[]
  /** The method that counts; `none` when only a client_id came. */
  method: 'none' | 'client_secret_basic' | 'client_secret_post'
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

/** RFC 6749 5.2, RFC 9110 15.5.2: a 401 names the scheme a client may try. */
export const clientRefusal = {
  error: 'invalid_client',
  status: 401,
  challenge: 'Basic realm="token", charset="UTF-8"',
} as const
