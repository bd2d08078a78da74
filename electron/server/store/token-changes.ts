import type { Revoker } from '../../../shared/contract/operations/tokens.ts'
import type { Writer } from './database.ts'

// What happens to a token after it was issued.

export interface Revocation {
  by: Revoker
  reason: string
}

/** Marks a token as used up. False when it already was, or is revoked: of two at once, one wins. */
export const consumeToken = (writer: Writer, jti: string, at: number): boolean =>
  writer.run(
    'UPDATE tokens SET consumed_at = ? WHERE jti = ? AND consumed_at IS NULL AND revoked_at IS NULL',
    at,
    jti,
  ) > 0

/** Notes that a token was shown again after it was used up; the first time counts. */
export const noteReuse = (writer: Writer, jti: string, at: number): boolean =>
  writer.run(
    'UPDATE tokens SET reused_at = ? WHERE jti = ? AND consumed_at IS NOT NULL AND reused_at IS NULL',
    at,
    jti,
  ) > 0

/** False when there is no such token or it was revoked before. */
export const revokeToken = (writer: Writer, jti: string, { by, reason }: Revocation, at: number): boolean =>
  writer.run(
    'UPDATE tokens SET revoked_at = ?, revoked_by = ?, revoked_reason = ? WHERE jti = ? AND revoked_at IS NULL',
    at,
    by,
    reason,
    jti,
  ) > 0

/**
 * Revokes what of the family is not revoked yet, and of the families its tokens were exchanged for (RFC 8693): who takes a
 * grant back does not leave others with what came of it. Returns those jtis.
 */
export const revokeFamily = (
  writer: Writer,
  grantId: string,
  { by, reason }: Revocation,
  at: number,
): string[] =>
  writer
    .all<{ jti: string }>(
      `WITH RECURSIVE line (id) AS (VALUES (?) UNION SELECT g.id FROM grants AS g JOIN line ON g.parent_grant_id = line.id)
       UPDATE tokens SET revoked_at = ?, revoked_by = ?, revoked_reason = ?
       WHERE grant_id IN (SELECT id FROM line) AND revoked_at IS NULL RETURNING jti`,
      grantId,
      at,
      by,
      reason,
    )
    .map(({ jti }) => jti)

/** Ends a token at the issuer now. False when it had ended before. */
export const expireToken = (writer: Writer, jti: string, now: number): boolean =>
  writer.run('UPDATE tokens SET expires_at = ? WHERE jti = ? AND expires_at > ?', now, jti, now) > 0

/** Lets a token end at the issuer at another time. False when that is its end already. */
export const setTokenExpiry = (writer: Writer, jti: string, at: number): boolean =>
  writer.run('UPDATE tokens SET expires_at = ? WHERE jti = ? AND expires_at <> ?', at, jti, at) > 0

/** What a token is good for from now on; its claims say so, too, unless they are signed (`signed`). */
export function setTokenScopes(
  writer: Writer,
  jti: string,
  scopes: readonly string[],
  { signed }: { signed: boolean },
): void {
  const scope = scopes.join(' ')
  writer.run('UPDATE tokens SET scopes = ? WHERE jti = ?', scope, jti)
  if (signed) return
  const claims = scope === '' ? `json_remove(claims, '$.scope')` : `json_set(claims, '$.scope', scopes)`
  writer.run(`UPDATE tokens SET claims = ${claims} WHERE jti = ?`, jti)
}

/**
 * Takes back the newest thing that ended a token: its revocation, else its use, else another end than it was issued with. So
 * the undo of a revoked family leaves the refresh tokens used that were used before.
 */
export const restoreToken = (writer: Writer, jti: string): boolean =>
  writer.run(
    `UPDATE tokens SET revoked_at = NULL, revoked_by = NULL, revoked_reason = NULL,
       consumed_at = CASE WHEN revoked_at IS NULL THEN NULL ELSE consumed_at END,
       reused_at = CASE WHEN revoked_at IS NULL THEN NULL ELSE reused_at END,
       expires_at = CASE WHEN revoked_at IS NULL AND consumed_at IS NULL
         THEN CAST(claims ->> '$.exp' AS INTEGER) * 1000 ELSE expires_at END
     WHERE jti = ?
       AND (revoked_at IS NOT NULL OR consumed_at IS NOT NULL OR expires_at <> CAST(claims ->> '$.exp' AS INTEGER) * 1000)`,
    jti,
  ) > 0
