/** An answer that is to be encrypted for its client. */
export interface EncryptionFacts {
  /** "ID token", "answer of userinfo". */
  answer: string
  /** As the client registered it. */
  alg: string
  /** Why there is no key to encrypt with; null when there is one. */
  problem: string | null
  /** The key, in words. */
  key: string
}
