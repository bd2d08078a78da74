import type { RotationRule } from '../../refresh-rotation.ts'

export interface RefreshFacts {
  token: string | undefined
  /** What the signature says; `absent` when no token came. */
  signature: 'valid' | 'invalid' | 'absent'
  /** Why the signature does not hold, or how it does. */
  reason: string
  now: number
  /** The ledger's row; null when the token was never stored or has been forgotten. */
  record: {
    jti: string
    clientId: string
    scopes: readonly string[]
    expiresAt: number
    consumedAt: number | null
    revokedAt: number | null
    revokedReason: string | null
  } | null
  /** Null where the route authenticates no client (the tutorial's /refresh). */
  clientId: string | null
  /** Scopes the request asks for; null when it names none. */
  requested: readonly string[] | null
  rotation: RotationRule
  /** The refresh token that the first use gave; null while unused, and where the use gave none. */
  successor: string | null
  /** Whether it belongs to a client without credentials. */
  isPublic: boolean
  /** Whether only the holder of a key can use it (RFC 9449 5). */
  isBound: boolean
}
