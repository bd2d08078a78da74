import type { Writer } from './database.ts'

/** A JWT of a client that was used, known by the hash of its jti as long as it could be used again. */
export interface UsedAssertion {
  clientId: string
  /** SHA-256 of the jti, whose length is the client's affair. */
  jtiHash: string
  usedAt: number
  expiresAt: number
}

/** Notes the use, in one step: of two at once, one is the first. Returns when it was used before; null the first time. */
export function useAssertion(
  writer: Writer,
  { clientId, jtiHash, usedAt, expiresAt }: UsedAssertion,
): number | null {
  const added = writer.run(
    `INSERT INTO assertions (client_id, jti_hash, used_at, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (client_id, jti_hash) DO NOTHING`,
    clientId,
    jtiHash,
    usedAt,
    expiresAt,
  )
  if (added > 0) return null
  return writer.get<{ used_at: number }>(
    'SELECT used_at FROM assertions WHERE client_id = ? AND jti_hash = ?',
    clientId,
    jtiHash,
  )!.used_at
}

/** Forgets at most `limit` uses of assertions that expired before this time. Returns how many. */
export const pruneAssertions = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    `DELETE FROM assertions WHERE (client_id, jti_hash) IN (
       SELECT client_id, jti_hash FROM assertions WHERE expires_at < ? LIMIT ?)`,
    before,
    limit,
  )
