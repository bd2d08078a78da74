/** What there is to know of a token request with an authorization code (RFC 6749 4.1.3, RFC 7636 4.5). */
export interface CodeFacts {
  code: string | undefined
  clientId: string
  redirectUri: string | undefined
  codeVerifier: string | undefined
  /** SHA-256 of the verifier, base64url (RFC 7636 4.2); null without one. */
  verifierHash: string | null
  now: number
  /** Null for a code nobody was given. */
  record: {
    clientId: string
    redirectUri: string | null
    codeChallenge: string | null
    codeChallengeMethod: 'S256' | 'plain' | null
    expiresAt: number
    consumedAt: number | null
  } | null
}
