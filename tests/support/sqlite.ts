import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { migrate } from '../../electron/server/store/migrations/index.ts'

// vitest.config.ts puts this in the place of better-sqlite3 for tests that share a process.

/** The real one, for tests of what the migrations do. */
export const Sqlite: typeof BetterSqlite3 = createRequire(import.meta.url)('better-sqlite3')

let image: Buffer | undefined

/** A database that has had all migrations, as bytes. */
function migrated(): Buffer {
  if (image) return image
  const sqlite = new Sqlite(':memory:')
  migrate(sqlite)
  image = sqlite.serialize()
  sqlite.close()
  return image
}

/**
 * A database in memory begins as a copy of one that has had all migrations: thousands of tests open one, and those would take most
 * of the time of many. One in a file begins empty, as ever.
 */
export default class TestSqlite extends Sqlite {
  constructor(file: string, options?: BetterSqlite3.Options) {
    super(file === ':memory:' ? migrated() : file, options)
  }
}
