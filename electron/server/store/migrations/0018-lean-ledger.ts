import type { Migration } from './migration.ts'

// Each index costs every token that is issued. Grants of clients for themselves are in none they have nothing for; only an opaque
// token is looked up by its hash (a JWT says its jti), and has no key: `kid` is null for it alone.
export const leanLedger: Migration = {
  name: 'lean-ledger',
  sql: `
DROP INDEX grants_issuer;
DROP INDEX grants_user;
DROP INDEX grants_sid;
DROP INDEX grants_parent;
CREATE INDEX grants_issuer ON grants (issuer) WHERE issuer <> 'default';
CREATE INDEX grants_user ON grants (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX grants_sid ON grants (sid) WHERE sid IS NOT NULL;
CREATE INDEX grants_parent ON grants (parent_grant_id) WHERE parent_grant_id IS NOT NULL;

CREATE TABLE new_tokens (
  seq INTEGER PRIMARY KEY,
  jti TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh', 'pending')),
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  parent_jti TEXT,
  hash TEXT NOT NULL,
  kid TEXT,
  scopes TEXT NOT NULL,
  header TEXT NOT NULL,
  claims TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER,
  reused_at INTEGER,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_reason TEXT
) STRICT;
INSERT INTO new_tokens (seq, jti, kind, grant_id, parent_jti, hash, kid, scopes, header, claims, issued_at, expires_at,
    consumed_at, reused_at, revoked_at, revoked_by, revoked_reason)
  SELECT seq, jti, kind, grant_id, parent_jti, hash, header ->> '$.kid', scopes, header, claims, issued_at, expires_at,
    consumed_at, reused_at, revoked_at, revoked_by, revoked_reason
  FROM tokens ORDER BY seq;
DROP TABLE tokens;
ALTER TABLE new_tokens RENAME TO tokens;
CREATE INDEX tokens_grant ON tokens (grant_id);
CREATE INDEX tokens_expiry ON tokens (expires_at);
CREATE INDEX tokens_kid ON tokens (kid, expires_at, revoked_at, consumed_at) WHERE kid IS NOT NULL;
CREATE UNIQUE INDEX tokens_opaque ON tokens (hash) WHERE kid IS NULL;
CREATE INDEX tokens_denied ON tokens (expires_at) WHERE revoked_at IS NOT NULL;
`,
}
