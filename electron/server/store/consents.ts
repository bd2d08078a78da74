import type { Reader, Writer } from './database.ts'

/** The scopes a user has allowed a client at an issuer so far; null when there was no consent yet. */
export function consentedScopes(
  reader: Reader,
  issuer: string,
  clientId: string,
  userId: string,
): string[] | null {
  const row = reader.get<{ scopes: string }>(
    'SELECT scopes FROM consents WHERE issuer = ? AND client_id = ? AND user_id = ?',
    issuer,
    clientId,
    userId,
  )
  return row ? (JSON.parse(row.scopes) as string[]) : null
}

/** Adds to what the user has allowed the client at this issuer. */
export function addConsent(
  writer: Writer,
  {
    issuer,
    clientId,
    userId,
    scopes,
    at,
  }: { issuer: string; clientId: string; userId: string; scopes: string[]; at: number },
): void {
  const all = [...new Set([...(consentedScopes(writer, issuer, clientId, userId) ?? []), ...scopes])]
  writer.run(
    `INSERT INTO consents (issuer, client_id, user_id, scopes, given_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (issuer, client_id, user_id) DO UPDATE SET scopes = excluded.scopes, given_at = excluded.given_at`,
    issuer,
    clientId,
    userId,
    JSON.stringify(all),
    at,
  )
}
