import type { Migration } from './migration.ts'

// Keys leave the JWKS (retired) and lose all credit (revoked). The index counts the tokens of each.
export const keyStates: Migration = {
  name: 'key-states',
  sql: `
ALTER TABLE keys ADD COLUMN retired_at INTEGER;
ALTER TABLE keys ADD COLUMN revoked_at INTEGER;
ALTER TABLE keys ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
UPDATE keys SET changed_at = created_at;

CREATE INDEX tokens_kid ON tokens (header ->> '$.kid', expires_at, revoked_at, consumed_at);
`,
}
