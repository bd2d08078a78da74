import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openDatabase } from '../../electron/server/store/database.ts'

const snapshot = new URL('./schema.snapshot.sql', import.meta.url)

/** The schema as SQL, object by object: tables before their indexes. */
function schema(): string {
  const database = openDatabase(':memory:')
  const objects = database.read.all<{ sql: string }>(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
     ORDER BY tbl_name, type DESC, name`,
  )
  database.close()
  return objects.map(({ sql }) => `${sql};\n`).join('\n')
}

test('all migrations together give the schema of schema.snapshot.sql (after a new migration: UPDATE_SNAPSHOT=1)', async () => {
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(snapshot, schema())
  expect(schema()).toBe(await readFile(snapshot, 'utf8'))
})
