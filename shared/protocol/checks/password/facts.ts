export interface CredentialFacts {
  username: string | undefined
  password: string | undefined
}

export interface UserFacts {
  username: string
  /** Null when nobody has this name. */
  user: { active: boolean } | null
  passwordMatches: boolean
}
