import type { TokenRecord } from '../store/tokens.ts'

/** Whether the ledger alone knows what the token says; a JWT carries it, signed. */
export const isOpaque = ({ header }: Pick<TokenRecord, 'header'>): boolean => header.alg === undefined

/**
 * When a token ends at the latest, whatever the ledger says: the exp of a JWT that APIs read. Null for what only the issuer
 * reads, a refresh token or an opaque one. Epoch milliseconds.
 */
export const latestEnd = (token: Pick<TokenRecord, 'header' | 'kind' | 'claims'>): number | null =>
  isOpaque(token) || token.kind === 'refresh' ? null : Number(token.claims.exp) * 1000
