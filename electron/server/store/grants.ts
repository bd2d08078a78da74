import type { AuthorizationDetail } from '../../../shared/protocol/authorization-details.ts'
import type { ClaimsRequest } from '../../../shared/protocol/claims-parameter.ts'
import type { Reader, Writer } from './database.ts'

/** What a user (or a client for itself) once allowed; all tokens descended from it form its family. */
export interface GrantRecord {
  id: string
  /** Name of the issuer it was given at. */
  issuer: string
  clientId: string
  /** Null when the client acts for itself. */
  userId: string | null
  scopes: string[]
  /** The session it was given in; null when there was none. */
  sid: string | null
  /** Grant of the token this one was exchanged for (RFC 8693); null when it came about in another way. */
  parentGrantId: string | null
  /** Claims that were asked for (OpenID Connect Core 1.0 5.5), for all its tokens; null when none were. */
  claims: ClaimsRequest | null
  /** APIs it is for (RFC 8707 2); empty means the issuer's own. */
  resources: string[]
  /** RFC 9396 2 */
  authorizationDetails: AuthorizationDetail[]
  createdAt: number
}

interface Row {
  id: string
  issuer: string
  client_id: string
  user_id: string | null
  scopes: string
  sid: string | null
  parent_grant_id: string | null
  claims: string | null
  resources: string
  authorization_details: string
  created_at: number
}

export function findGrant(reader: Reader, id: string): GrantRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM grants WHERE id = ?', id)
  return (
    row && {
      id: row.id,
      issuer: row.issuer,
      clientId: row.client_id,
      userId: row.user_id,
      scopes: JSON.parse(row.scopes) as string[],
      sid: row.sid,
      parentGrantId: row.parent_grant_id,
      claims: row.claims === null ? null : (JSON.parse(row.claims) as ClaimsRequest),
      resources: JSON.parse(row.resources) as string[],
      authorizationDetails: JSON.parse(row.authorization_details) as AuthorizationDetail[],
      createdAt: row.created_at,
    }
  )
}

export function insertGrant(writer: Writer, grant: GrantRecord): void {
  writer.run(
    `INSERT INTO grants (id, issuer, client_id, user_id, scopes, sid, parent_grant_id, claims, resources,
       authorization_details, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    grant.id,
    grant.issuer,
    grant.clientId,
    grant.userId,
    JSON.stringify(grant.scopes),
    grant.sid,
    grant.parentGrantId,
    grant.claims && JSON.stringify(grant.claims),
    JSON.stringify(grant.resources),
    JSON.stringify(grant.authorizationDetails),
    grant.createdAt,
  )
}

/** Grants given in this session that end with it: all but those for access while the user is away (OpenID Connect Back-Channel Logout 1.0 2.7). */
export const listGrantsOfSession = (reader: Reader, sid: string): string[] =>
  reader
    .all<{ id: string }>(
      `SELECT id FROM grants WHERE sid = ? AND NOT EXISTS (SELECT 1 FROM json_each(scopes) WHERE value = 'offline_access')`,
      sid,
    )
    .map(({ id }) => id)

/** Grants that gave an ID token in this session, oldest first; those for access while the user is away too. */
export const listLoginsOfSession = (
  reader: Reader,
  { sid, grantId }: { sid: string; grantId: string | null },
): { id: string; clientId: string }[] =>
  reader
    .all<{ id: string; client_id: string }>(
      `SELECT id, client_id FROM grants
       WHERE (sid = ? OR id = ?) AND EXISTS (SELECT 1 FROM json_each(scopes) WHERE value = 'openid')
       ORDER BY created_at, rowid`,
      sid,
      grantId,
    )
    .map((row) => ({ id: row.id, clientId: row.client_id }))

/** Forgets at most `limit` grants made before this time that have no token left. Returns how many. */
export const pruneGrants = (writer: Writer, before: number, limit: number): number =>
  writer.run(
    `DELETE FROM grants WHERE id IN (
       SELECT id FROM grants AS g WHERE created_at < ? AND NOT EXISTS (SELECT 1 FROM tokens WHERE grant_id = g.id)
       LIMIT ?)`,
    before,
    limit,
  )
