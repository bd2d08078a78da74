import type { Migration } from './migration.ts'

// Authorization requests that were pushed ahead of their user (RFC 9126), known by the SHA-256 of their request_uri.
export const pushedRequests: Migration = {
  name: 'pushed-requests',
  sql: `
CREATE TABLE pushed_requests (
  hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  parameters TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  consumed_at INTEGER
) STRICT;
CREATE INDEX pushed_requests_client ON pushed_requests (client_id);
CREATE INDEX pushed_requests_expiry ON pushed_requests (expires_at);
`,
}
