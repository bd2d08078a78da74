import { openDatabase } from '../../electron/server/store/database.ts'

const HOUR = 3_600_000
/** Beyond its own cache SQLite would read and write each page of the indexes many times over while it fills. */
const CACHE_KIB = 512 * 1024

/**
 * Lays tokens of demo-service into a database that is in use by nobody, each with a grant of its own as client credentials give:
 * a million in less time than it takes to ask for ten thousand. Ids sort by time, as the issuer's own do.
 */
export function fillStore(file: string, tokens: number): void {
  const database = openDatabase(file)
  const now = Date.now()
  database.write((writer) => {
    writer.run(`PRAGMA cache_size = -${CACHE_KIB}`)
    writer.run(
      `WITH RECURSIVE made (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM made WHERE n < ?)
       INSERT INTO grants (id, client_id, scopes, created_at)
       SELECT printf('0%07d', n) || lower(hex(randomblob(7))), 'demo-service', '["read"]', ? FROM made`,
      tokens,
      now,
    )
    writer.run(
      `INSERT INTO tokens (jti, kind, grant_id, hash, kid, scopes, header, claims, issued_at, expires_at)
       SELECT jti, 'access', id, lower(hex(randomblob(22))), 'bench', 'read', '{"alg":"ES256","typ":"at+jwt","kid":"bench"}',
         json_object('iss', 'http://127.0.0.1:4400', 'aud', 'http://127.0.0.1:4400', 'sub', 'demo-service',
           'client_id', 'demo-service', 'iat', ? / 1000, 'exp', (? + rowid) / 1000, 'jti', jti, 'scope', 'read'), ?, ? + rowid
       FROM (SELECT rowid, id, printf('0%07d', rowid) || lower(hex(randomblob(7))) AS jti FROM grants WHERE client_id = 'demo-service')`,
      now,
      now + HOUR,
      now,
      now + HOUR,
    )
  })
  database.close()
}
