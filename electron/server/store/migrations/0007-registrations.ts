import type { Migration } from './migration.ts'

// Clients that registered themselves (RFC 7591), with the SHA-256 of the token they manage it with (RFC 7592), and the initial
// access tokens that allow to register. Exchanges now go both ways: the issuer's own calls to apps are kept beside those it gets.
export const registrations: Migration = {
  name: 'registrations',
  sql: `
CREATE TABLE registrations (
  client_id TEXT PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
  issuer TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  registered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registrations_age ON registrations (registered_at);

CREATE TABLE initial_tokens (
  hash TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX initial_tokens_expiry ON initial_tokens (expires_at);

ALTER TABLE exchanges ADD COLUMN direction TEXT NOT NULL DEFAULT 'inbound' CHECK (direction IN ('inbound', 'outbound'));
`,
}
