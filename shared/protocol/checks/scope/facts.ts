export interface ScopeFacts {
  /** As it came. */
  value: string | undefined
  /** Its tokens; null when a character is not allowed. */
  requested: readonly string[] | null
  /** Scopes of the workspace. */
  known: readonly string[]
  clientId: string
  /** Null: any. */
  allowedForClient: readonly string[] | null
  /** Null: any. */
  allowedForUser: readonly string[] | null
}

export const beyond = (requested: readonly string[] | null, allowed: readonly string[] | null): string[] =>
  allowed === null ? [] : (requested ?? []).filter((name) => !allowed.includes(name))
