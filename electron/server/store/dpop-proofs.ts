import type { Writer } from './database.ts'

/** A DPoP proof that was used, known as long as it could be used again. */
export interface UsedProof {
  /** SHA-256 of key, target and jti. */
  hash: string
  usedAt: number
  expiresAt: number
}

/** Notes the use, in one step: of two at once, one is the first. Returns when it was used before; null the first time. */
export function useProof(writer: Writer, { hash, usedAt, expiresAt }: UsedProof): number | null {
  const added = writer.run(
    'INSERT INTO dpop_proofs (hash, used_at, expires_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    hash,
    usedAt,
    expiresAt,
  )
  if (added > 0) return null
  return writer.get<{ used_at: number }>('SELECT used_at FROM dpop_proofs WHERE hash = ?', hash)!.used_at
}

/** Forgets at most `limit` proofs that expired before this time. Returns how many. */
export const pruneProofs = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    'DELETE FROM dpop_proofs WHERE hash IN (SELECT hash FROM dpop_proofs WHERE expires_at < ? LIMIT ?)',
    before,
    limit,
  )
