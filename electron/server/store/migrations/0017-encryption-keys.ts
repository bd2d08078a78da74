import type { Migration } from './migration.ts'

// Keys that clients encrypt request objects for. What a key may be for stands in a constraint, which SQLite cannot change in place.
export const encryptionKeys: Migration = {
  name: 'encryption-keys',
  sql: `
CREATE TABLE new_keys (
  kid TEXT PRIMARY KEY,
  issuer TEXT NOT NULL DEFAULT 'default',
  use TEXT NOT NULL CHECK (use IN ('access', 'refresh', 'encryption')),
  alg TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active = 0 OR use <> 'encryption'),
  private_jwk TEXT NOT NULL,
  public_jwk TEXT,
  created_at INTEGER NOT NULL,
  retired_at INTEGER,
  revoked_at INTEGER,
  changed_at INTEGER NOT NULL
) STRICT;
INSERT INTO new_keys (kid, issuer, use, alg, active, private_jwk, public_jwk, created_at, retired_at, revoked_at, changed_at)
  SELECT kid, issuer, use, alg, active, private_jwk, public_jwk, created_at, retired_at, revoked_at, changed_at
  FROM keys ORDER BY rowid;
DROP TABLE keys;
ALTER TABLE new_keys RENAME TO keys;
CREATE UNIQUE INDEX keys_active ON keys (issuer, use) WHERE active = 1;
`,
}
