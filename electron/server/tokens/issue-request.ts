import type { AuthorizationDetail } from '../../../shared/protocol/authorization-details.ts'
import type { ClaimsRequest } from '../../../shared/protocol/claims-parameter.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { ClientRecord } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import type { GrantRecord } from '../store/grants.ts'
import type { TokenRecord } from '../store/tokens.ts'
import type { UserRecord } from '../store/users.ts'
import type { Authentication } from './authentication.ts'
import type { EncryptionTrail } from './encrypt-for.ts'

/** What a token exchange makes of a token (RFC 8693). */
export interface Exchanged {
  /** The token it was exchanged for, whose sub it keeps. */
  subject: TokenRecord
  /** Targets, instead of this issuer's own API. */
  audience: string[]
  /** Who acts, and before them whom (RFC 8693 4.1); null for an impersonation. */
  act: JsonObject | null
}

export interface IssueRequest {
  /** The issuer's URL, for `iss` and `aud`. */
  issuer: string
  issuerName: string
  client: ClientRecord
  /** Null when the client acts for itself. */
  user: UserRecord | null
  /** Scopes of this token. */
  scopes: string[]
  /** Scopes of the refresh token, where they are others: narrowing one access token narrows nothing else (RFC 6749 6). */
  refreshScopes?: string[]
  /** The grant it descends from; a new one, with these scopes, when left out. */
  grant?: GrantRecord
  parentJti?: string
  /** When and how the user proved who they are (RFC 9068 2.2.1, RFC 8176); a refresh passes it on. */
  authentication?: Authentication
  /** Of the authorization request, for the ID token. */
  nonce?: string
  /** Claims the request asks for, where it starts a grant; a grant that was given before has its own. */
  requested?: ClaimsRequest | null
  /** Seconds, instead of the client's or issuer's. */
  lifetime?: number
  /** APIs this token is for (RFC 8707 2), instead of all of its grant. */
  resources?: string[]
  /** What this token is for (RFC 9396 6), instead of all of its grant. */
  authorizationDetails?: AuthorizationDetail[]
  /** Thumbprint of the key the tokens are bound to (RFC 9449 6.1); null for bearer tokens. */
  jkt: string | null
  exchanged?: Exchanged
  /** Of the request that is answered. */
  trail: EncryptionTrail
  /** Nobody logged in: no ID token, which would say that somebody did. */
  withoutLogin?: true
  /** Adds a refresh token; only for clients registered for that grant type. */
  refreshable: boolean
  /** Runs in the transaction that stores the tokens, before they are: throwing keeps anything from being stored. May run twice. */
  inTransaction?: (writer: Writer) => void
}

/**
 * Thrown in a transaction by a request that comes second: since it was checked, another one has used up or revoked what it rests
 * on. Whoever catches it looks again, and so says what it would have said a moment later.
 */
export class Overtaken extends Error {}
