import type { Migration } from './migration.ts'

// Who put a token on the deny list, and whether a used refresh token was shown again. The index is the deny list.
export const tokenLife: Migration = {
  name: 'token-life',
  sql: `
ALTER TABLE tokens ADD COLUMN reused_at INTEGER;
ALTER TABLE tokens ADD COLUMN revoked_by TEXT;
UPDATE tokens SET revoked_by = CASE
  WHEN revoked_reason = 'revoked by the client' THEN 'client'
  WHEN revoked_reason = 'logout' THEN 'user'
  WHEN revoked_reason IN ('refresh token reused', 'authorization code used twice') THEN 'issuer'
  ELSE 'workbench' END
WHERE revoked_at IS NOT NULL;

CREATE INDEX tokens_denied ON tokens (expires_at) WHERE revoked_at IS NOT NULL;
`,
}
