/** What there is to know of a logout request (OpenID Connect RP-Initiated Logout 1.0 2). */
export interface EndSessionFacts {
  /** The client the id_token_hint was issued to; undefined without a hint, null when it is no ID token of ours. */
  hint: { clientId: string } | null | undefined
  /** Whether it is a JWE. */
  hintEncrypted: boolean
  /** client_id of the request. */
  clientId: string | undefined
  /** Null when the request names no client, or one nobody registered. */
  client: { id: string; postLogoutRedirectUris: readonly string[] } | null
  postLogoutRedirectUri: string | undefined
}
