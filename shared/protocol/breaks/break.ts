import type { JsonObject } from '../jwt.ts'

/** A compact JWS that can be broken. */
export interface Breakable {
  header: JsonObject
  claims: JsonObject
  /** The three parts as they stand. */
  parts: { header: string; payload: string; signature: string }
}

/** What a break may use; the core gives it, so that keys stay there and this stays pure. */
export interface BreakTools {
  /** The issuer's clock, whole seconds since the epoch. */
  now: number
  /**
   * Signs with the key that signs for real; the algorithm is the key's, whatever the header says.
   * @throws Error when there is no such key
   */
  sign(signingInput: string): Promise<string>
  /** `kid` and `alg` of that key, for a header that names it. */
  signer: { kid: string | null; alg: string } | null
  /** Signs ES256 with a key nobody knows. */
  signAsStranger(signingInput: string): Promise<string>
  /** The stranger's public key. */
  strangerJwk: JsonObject
  /** HMAC with SHA-256, base64url. */
  hmac(secret: string, text: string): string
  /** The PEM a verifier has of the key that signs, with its last line break; null when it is a secret. */
  publicPem: string | null
}

/** What a verifier that does it right says: `refuse`, or anything but to fall over (`survive`). */
export type RightAnswer = 'refuse' | 'survive'

/** One way to break a token. */
export interface TokenBreak {
  id: string
  title: string
  /** What is wrong with a verifier that takes it. */
  tests: string
  spec: string
  theme: 'Algorithm' | 'Key' | 'Signature' | 'Claims' | 'Writing'
  right: RightAnswer
  /** Why it can't be done to this token; null when it can. */
  unfit?(token: Breakable, tools: BreakTools): string | null
  /** The broken token. */
  apply(token: Breakable, tools: BreakTools): string | Promise<string>
}
