/** Parameters of a token exchange as they came (RFC 8693 2.1). */
export interface ExchangeParameters {
  subjectToken: string | undefined
  subjectTokenType: string | undefined
  actorToken: string | undefined
  actorTokenType: string | undefined
  requestedTokenType: string | undefined
}

/** One of the two tokens handed in. */
export interface HandedTokenFacts {
  role: 'subject' | 'actor'
  genuine: boolean
  /** How the signature holds, or why not. */
  reason: string
  now: number
  /** The ledger's row; null for a token that is not stored. */
  record: {
    kind: string
    expiresAt: number
    consumedAt: number | null
    revokedAt: number | null
    revokedReason: string | null
  } | null
}

export interface PartiesFacts {
  /** may_act of the subject token; undefined when it has none. */
  mayAct: unknown
  /** Claims that identify who is to act: of the actor token, or of the client. */
  actor: Readonly<Record<string, unknown>>
  /** Actors the new token would name, one inside the other. */
  chain: number
}

export interface ExchangeScopeFacts {
  requested: readonly string[]
  /** Scopes of the subject token. */
  held: readonly string[]
}

export interface TargetFacts {
  audiences: readonly string[]
  /** Logical names the issuer knows: its own URLs and its clients. */
  known: readonly string[]
}

export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
export const JWT = 'urn:ietf:params:oauth:token-type:jwt'

/** Types of token that may be handed in (RFC 8693 3): an access token of this issuer is a JWT as well. */
export const handedTypes: readonly string[] = [ACCESS_TOKEN, JWT]

/** How many actors a token may name. */
export const LONGEST_CHAIN = 10
