import type { Migration } from './migration.ts'

// Profiles and runs of the client side. What may hold secrets (secrets, body) is sealed by the host's key store where there is one;
// the rest is what lists show.
export const flows: Migration = {
  name: 'flows',
  sql: `
CREATE TABLE flow_profiles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  profile TEXT NOT NULL,
  secrets TEXT NOT NULL,
  kept TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE flow_runs (
  id TEXT PRIMARY KEY,
  summary TEXT NOT NULL,
  body TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;

CREATE INDEX flow_runs_started_at ON flow_runs (started_at);
`,
}
