import type { Migration } from './migration.ts'

// What the token lab has looked at, and what it sent where. Both are rings: the store keeps the newest only.
export const tokenLab: Migration = {
  name: 'token-lab',
  sql: `
CREATE TABLE seen_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  form TEXT NOT NULL,
  alg TEXT,
  typ TEXT,
  iss TEXT,
  sub TEXT,
  expires_at REAL
) STRICT;

CREATE TABLE outbound_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  loopback INTEGER NOT NULL,
  status INTEGER,
  duration_ms REAL NOT NULL
) STRICT;
`,
}
