import type { Reader, Writer } from './database.ts'

/** The scopes a user has allowed a client so far; null when there was no consent yet. */
export function consentedScopes(reader: Reader, clientId: string, userId: string): string[] | null {
  const row = reader.get<{ scopes: string }>(
    'SELECT scopes FROM consents WHERE client_id = ? AND user_id = ?',
    clientId,
    userId,
  )
  return row ? (JSON.parse(row.scopes) as string[]) : null
}

/** Adds to what the user has allowed the client. */
export function addConsent(
  writer: Writer,
  { clientId, userId, scopes, at }: { clientId: string; userId: string; scopes: string[]; at: number },
): void {
  const all = [...new Set([...(consentedScopes(writer, clientId, userId) ?? []), ...scopes])]
  writer.run(
    `INSERT INTO consents (client_id, user_id, scopes, given_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (client_id, user_id) DO UPDATE SET scopes = excluded.scopes, given_at = excluded.given_at`,
    clientId,
    userId,
    JSON.stringify(all),
    at,
  )
}
