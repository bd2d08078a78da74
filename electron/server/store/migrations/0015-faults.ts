import type { Migration } from './migration.ts'

// What an issuer is to do wrong. `definition` is the fault as JSON, beside what lists and counters need. `armed_at` is what a stale
// JWKS is a copy of. An exchange keeps what struck it, by the names of that moment; null is for the many that nothing did.
export const faults: Migration = {
  name: 'faults',
  sql: `
CREATE TABLE faults (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  definition TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  seen INTEGER NOT NULL DEFAULT 0,
  hits INTEGER NOT NULL DEFAULT 0,
  last_hit_at INTEGER,
  armed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE scenarios (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

ALTER TABLE exchanges ADD COLUMN faults TEXT;
`,
}
