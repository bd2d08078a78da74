import type { Migration } from './migration.ts'

// Devices that wait for their user. The device code is kept as SHA-256 only.
export const devices: Migration = {
  name: 'devices',
  sql: `
CREATE TABLE device_codes (
  hash TEXT PRIMARY KEY,
  user_code TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  interval INTEGER NOT NULL,
  polled_at INTEGER,
  grant_id TEXT REFERENCES grants (id) ON DELETE CASCADE,
  auth_time INTEGER,
  amr TEXT,
  denied_at INTEGER,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER,
  CHECK (grant_id IS NULL OR denied_at IS NULL)
) STRICT;
CREATE INDEX device_codes_client ON device_codes (client_id);
CREATE INDEX device_codes_grant ON device_codes (grant_id);
CREATE INDEX device_codes_expiry ON device_codes (expires_at);
`,
}
