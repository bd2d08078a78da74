import type { Migration } from './migration.ts'

// Proofs of possession that were used (RFC 9449), as SHA-256 of key, target and jti; the key a code is bound to; and what a grant
// is for beyond its scopes: resources (RFC 8707) and authorization details (RFC 9396).
export const senderConstraints: Migration = {
  name: 'sender-constraints',
  sql: `
CREATE TABLE dpop_proofs (
  hash TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dpop_proofs_expiry ON dpop_proofs (expires_at);

ALTER TABLE codes ADD COLUMN dpop_jkt TEXT;

ALTER TABLE grants ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
ALTER TABLE grants ADD COLUMN authorization_details TEXT NOT NULL DEFAULT '[]';
ALTER TABLE device_codes ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
ALTER TABLE device_codes ADD COLUMN authorization_details TEXT NOT NULL DEFAULT '[]';
`,
}
