import type { Migration } from './migration.ts'

// Traces that were recorded elsewhere, and the file they came by. The index is what rules over recorded traces leave out.
export const importedTraces: Migration = {
  name: 'imported-traces',
  sql: `
ALTER TABLE traces ADD COLUMN imported TEXT;
CREATE INDEX traces_imported ON traces (id) WHERE imported IS NOT NULL;
`,
}
