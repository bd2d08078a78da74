import { closeSync, openSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { inOneTurn, type Pending } from '../in-one-turn.ts'
import { OpenError } from '../options.ts'
import { migrate } from './migrations/index.ts'

type Parameter = string | number | bigint | null | Uint8Array

/** May look. Table functions that only read ask for this, so that they run inside and outside a transaction. */
export interface Reader {
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined
  all<Row>(sql: string, ...parameters: Parameter[]): Row[]
  /** Changes whenever the table may have: what was read of it before holds as long as this stays the same. */
  revision(table: WatchedTable): number
}

/** Tables whose content is kept in memory. */
export type WatchedTable = 'settings' | 'issuers' | 'keys' | 'scopes' | 'clients'

/** May change. Had only inside `Database.write`, so nothing is ever written outside a transaction. */
export interface Writer extends Reader {
  /** Returns how many rows it changed. */
  run(sql: string, ...parameters: Parameter[]): number
  /** Said by whatever writes to such a table. */
  touch(table: WatchedTable): void
}

type Work<T> = (writer: Writer) => T extends PromiseLike<unknown> ? never : T

export interface Database {
  readonly read: Reader
  /** One short synchronous transaction: all of `work` or nothing of it. Work that waits is a mistake in types and at run time. */
  write<T>(work: Work<T>): T
  /**
   * The same at the end of this turn of the event loop, in one transaction with all that is asked for until then: a commit costs
   * as much as the rows. Resolves once they are stored. Where one of them throws, all run again, each in a transaction of its
   * own, so `work` changes nothing but the database.
   */
  writeSoon<T>(work: Work<T>): Promise<T>
  close(): void
}

/**
 * Opens or makes the database and brings its schema up to date.
 *
 * @param file path, or ":memory:"
 * @throws OpenError when the file is not a readable database of this or an earlier version
 */
export function openDatabase(file: string, options: { sqliteBinding?: string } = {}): Database {
  const sqlite = openSqlite(file, options.sqliteBinding)
  const statements = new Map<string, BetterSqlite3.Statement<Parameter[]>>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = sqlite.prepare<Parameter[]>(sql)
    statements.set(sql, statement)
    return statement
  }
  const revisions = createRevisions()
  const writer: Writer = {
    get: <Row>(sql: string, ...parameters: Parameter[]) =>
      prepared(sql).get(...parameters) as Row | undefined,
    all: <Row>(sql: string, ...parameters: Parameter[]) => prepared(sql).all(...parameters) as Row[],
    run: (sql, ...parameters) => prepared(sql).run(...parameters).changes,
    revision: revisions.of,
    touch: revisions.touch,
  }
  const transaction = sqlite.transaction((work: (writer: Writer) => unknown) => work(writer))
  const write: Database['write'] = (work) => {
    try {
      return transaction.immediate(work) as never
    } finally {
      revisions.settle()
    }
  }
  const soon = inOneTurn<Job>((jobs) => runTogether(write, jobs))
  return {
    read: writer,
    write,
    writeSoon: (work) =>
      new Promise((resolve, reject) => soon({ work, resolve: resolve as Job['resolve'], reject })),
    close: () => sqlite.close(),
  }
}

interface Job extends Pending<unknown> {
  work: (writer: Writer) => unknown
}

function runTogether(write: Database['write'], jobs: readonly Job[]): void {
  try {
    const results: unknown[] = write((writer) => jobs.map(({ work }) => work(writer)))
    for (const [index, { resolve }] of jobs.entries()) resolve(results[index])
  } catch (error) {
    if (jobs.length === 1) jobs[0]!.reject(error)
    else for (const job of jobs) runTogether(write, [job])
  }
}

/** What is read between a write and its rollback must not be kept either: both ends of a transaction count. */
function createRevisions() {
  const revisions = new Map<WatchedTable, number>()
  const touched = new Set<WatchedTable>()
  const of = (table: WatchedTable) => revisions.get(table) ?? 0
  const advance = (table: WatchedTable) => revisions.set(table, of(table) + 1)
  return {
    of,
    touch(table: WatchedTable) {
      touched.add(table)
      advance(table)
    },
    settle() {
      for (const table of touched) advance(table)
      touched.clear()
    },
  }
}

function openSqlite(file: string, nativeBinding: string | undefined): BetterSqlite3.Database {
  let sqlite: BetterSqlite3.Database | undefined
  try {
    if (file !== ':memory:') makePrivate(file)
    sqlite = new BetterSqlite3(file, nativeBinding ? { nativeBinding } : {})
    sqlite.pragma('journal_mode = WAL')
    // In WAL mode NORMAL survives the death of the process; only a power cut may take the last commits.
    sqlite.pragma('synchronous = NORMAL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('busy_timeout = 2000')
    migrate(sqlite)
    return sqlite
  } catch (error) {
    sqlite?.close()
    if (error instanceof OpenError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new OpenError(
      `The database "${file}" cannot be opened: ${reason}. Name another file with --db, or move this one away.`,
    )
  }
}

/** Keys and secrets lie in it, so a new file is its owner's alone; SQLite gives its side files the same mode. */
const makePrivate = (file: string): void => closeSync(openSync(file, 'a', 0o600))
