export interface GrantTypeFacts {
  grantType: string | undefined
  /** Grant types this issuer speaks. */
  supported: readonly string[]
}

export interface ClientGrantFacts {
  grantType: string
  clientId: string
  /** Grant types the client is registered for. */
  registered: readonly string[]
}
