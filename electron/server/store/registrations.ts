import type { Reader, Writer } from './database.ts'

/** What belongs to a client that registered itself (RFC 7591), beside the client. */
export interface RegistrationRecord {
  clientId: string
  /** Name of the issuer it registered at. */
  issuer: string
  /** SHA-256 of the registration access token (RFC 7592 3); the token itself is not kept. */
  tokenHash: string
  registeredAt: number
}

interface Row {
  client_id: string
  issuer: string
  token_hash: string
  registered_at: number
}

export function findRegistration(reader: Reader, clientId: string): RegistrationRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM registrations WHERE client_id = ?', clientId)
  return (
    row && {
      clientId: row.client_id,
      issuer: row.issuer,
      tokenHash: row.token_hash,
      registeredAt: row.registered_at,
    }
  )
}

export function insertRegistration(writer: Writer, registration: RegistrationRecord): void {
  writer.touch('clients')
  writer.run(
    'INSERT INTO registrations (client_id, issuer, token_hash, registered_at) VALUES (?, ?, ?, ?)',
    registration.clientId,
    registration.issuer,
    registration.tokenHash,
    registration.registeredAt,
  )
}

/** Puts another registration access token in place of the one before (RFC 7592 5). */
export function replaceRegistrationToken(writer: Writer, clientId: string, tokenHash: string): void {
  writer.run('UPDATE registrations SET token_hash = ? WHERE client_id = ?', tokenHash, clientId)
}

/**
 * Removes clients that registered themselves until `kept` are left: first those that were never granted anything, the oldest
 * first. Returns how many.
 */
export function dropRegistrationsBeyond(writer: Writer, kept: number): number {
  writer.touch('clients')
  return writer.run(
    `DELETE FROM clients WHERE id IN (
       SELECT r.client_id FROM registrations AS r
       ORDER BY EXISTS (SELECT 1 FROM grants WHERE client_id = r.client_id), r.registered_at, r.rowid
       LIMIT max(0, (SELECT count(*) FROM registrations) - ?))`,
    kept,
  )
}

/** Removes the clients that registered themselves at this issuer. */
export function deleteClientsRegisteredAt(writer: Writer, issuer: string): number {
  writer.touch('clients')
  return writer.run(
    'DELETE FROM clients WHERE id IN (SELECT client_id FROM registrations WHERE issuer = ?)',
    issuer,
  )
}
