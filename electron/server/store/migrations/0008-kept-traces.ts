import type { Migration } from './migration.ts'

// Traces that were named or pinned, exchanges that were sent again from the workbench, and quick ways to the requests that
// findings compare with.
export const keptTraces: Migration = {
  name: 'kept-traces',
  sql: `
ALTER TABLE traces ADD COLUMN name TEXT;
ALTER TABLE traces ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX traces_pinned ON traces (pinned) WHERE pinned = 1;

ALTER TABLE exchanges ADD COLUMN replay_of INTEGER;
CREATE INDEX exchanges_authorizations ON exchanges (client_id) WHERE endpoint IN ('authorization', 'pushed-authorization');
CREATE INDEX exchanges_refused_grants ON exchanges (client_id) WHERE error = 'invalid_grant';
`,
}
