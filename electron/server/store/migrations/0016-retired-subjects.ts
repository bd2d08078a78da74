import type { Migration } from './migration.ts'

// Ids of deleted users, and what they were called last: a sub is never given to another user (OpenID Connect Core 1.0 2).
export const retiredSubjects: Migration = {
  name: 'retired-subjects',
  sql: `
CREATE TABLE retired_subjects (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
