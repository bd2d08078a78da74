import type { ClientMethod } from '../client/facts.ts'

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

export interface ProvenClientFacts {
  grantType: string
  clientId: string
  /** How the client authenticated. */
  method: ClientMethod
}
