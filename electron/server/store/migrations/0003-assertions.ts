import type { Migration } from './migration.ts'

// Clients that sign JWTs, the JWTs they used up, and grants that were exchanged for tokens of another.
export const assertions: Migration = {
  name: 'assertions',
  sql: `
ALTER TABLE clients ADD COLUMN jwks TEXT;
ALTER TABLE clients ADD COLUMN jwks_uri TEXT;

CREATE TABLE assertions (
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  jti_hash TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, jti_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX assertions_expiry ON assertions (expires_at);

ALTER TABLE grants ADD COLUMN parent_grant_id TEXT REFERENCES grants (id) ON DELETE SET NULL;
CREATE INDEX grants_parent ON grants (parent_grant_id);
`,
}
