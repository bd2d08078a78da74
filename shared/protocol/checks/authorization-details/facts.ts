import type { JsonObject } from '../../jwt.ts'

/** `authorization_details` of a request, as it came and taken apart (RFC 9396 2). */
export interface AuthorizationDetailsFacts {
  /** Empty when there is none, or it cannot be read. */
  details: readonly JsonObject[]
  /** Characters of the parameter. */
  size: number
  /** Why it cannot be read; null when it can. */
  problem: string | null
  /** Types the issuer knows. */
  known: readonly string[]
  /** Types the client may ask for; null means any. */
  allowed: readonly string[] | null
  clientId: string
}

export interface DetailsNarrowingFacts {
  details: readonly JsonObject[]
  /** Those of the grant. */
  granted: readonly JsonObject[]
}

export const MOST_DETAILS = 20
export const LONGEST_DETAILS = 20_000
export const DEEPEST_DETAILS = 10

export const invalidDetails = (description: string) =>
  ({ error: 'invalid_authorization_details', description }) as const

/** "payment_initiation, account_information". */
export const typesOf = (details: readonly JsonObject[]): string =>
  details.map(({ type }) => (typeof type === 'string' ? type.slice(0, 60) : '?')).join(', ') || 'none'
