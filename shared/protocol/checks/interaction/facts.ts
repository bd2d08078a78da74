export interface InteractionFacts {
  /** Null for an id nobody was given. */
  interaction: { expiresAt: number; endedAt: number | null } | null
  /** Whether the request has the cookie of the browser the login was begun in. */
  sameBrowser: boolean
  now: number
}

export interface HintedUserFacts {
  /** `sub` of the id_token_hint; null when none came. */
  hintedUserId: string | null
  userId: string
}

export interface AcrFacts {
  /** Classes one of which the ID token must have as its acr; null when the request does not insist. */
  requiredAcr: readonly string[] | null
  /** Those the user can reach, the highest first. */
  reachable: readonly string[]
}

export interface DecisionFacts {
  decision: string | undefined
  clientId: string
}
