import type { Migration } from './migration.ts'

// What the authorization endpoint needs. Codes, interactions and the browser's cookie are kept as SHA-256 only.
export const authorization: Migration = {
  name: 'authorization',
  sql: `
ALTER TABLE clients ADD COLUMN post_logout_redirect_uris TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clients ADD COLUMN auto_approve INTEGER NOT NULL DEFAULT 0;

ALTER TABLE grants ADD COLUMN sid TEXT;
CREATE INDEX grants_sid ON grants (sid);

ALTER TABLE sessions ADD COLUMN sid TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN auth_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN amr TEXT NOT NULL DEFAULT '["pwd"]';
UPDATE sessions SET sid = lower(hex(randomblob(16))), auth_time = created_at;

CREATE TABLE consents (
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_user ON consents (user_id);

CREATE TABLE interactions (
  hash TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('login', 'second-factor', 'consent')),
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  session_hash TEXT,
  request TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX interactions_client ON interactions (client_id);
CREATE INDEX interactions_user ON interactions (user_id);
CREATE INDEX interactions_expiry ON interactions (expires_at);

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  redirect_uri TEXT,
  code_challenge TEXT,
  code_challenge_method TEXT,
  nonce TEXT,
  auth_time INTEGER NOT NULL,
  amr TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER
) STRICT;
CREATE INDEX codes_grant ON codes (grant_id);
CREATE INDEX codes_expiry ON codes (expires_at);
`,
}
