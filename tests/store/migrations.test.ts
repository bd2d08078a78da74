import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OpenError } from '../../electron/server/options.ts'
import { openDatabase } from '../../electron/server/store/database.ts'
import { migrations } from '../../electron/server/store/migrations/index.ts'
import { Sqlite } from '../support/sqlite.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

let folder: TemporaryFolder
let file: string

beforeEach(async () => {
  folder = await temporaryFolder()
  file = join(folder.path, 'test.db')
})
afterEach(() => folder.remove())

/** Makes the file by hand, as another program or another version would have left it. */
function prepare(sql: string): void {
  const sqlite = new Sqlite(file)
  sqlite.exec(sql)
  sqlite.close()
}

function refusal(path = file): string {
  try {
    openDatabase(path).close()
  } catch (error) {
    expect(error).toBeInstanceOf(OpenError)
    return (error as OpenError).message
  }
  return 'it was opened'
}

describe('opening a database', () => {
  test('an empty file gets every migration, once', () => {
    prepare('')
    openDatabase(file).close()
    const database = openDatabase(file)
    expect(database.read.get('PRAGMA user_version')).toEqual({ user_version: migrations.length })
    database.close()
  })

  test('every migration file is in the list, in the order of its number', async () => {
    const names = await readdir(new URL('../../electron/server/store/migrations/', import.meta.url))
    const numbered = names.filter((name) => /^\d{4}-/.test(name)).sort()
    expect(numbered).toEqual(
      migrations.map(({ name }, index) => `${String(index + 1).padStart(4, '0')}-${name}.ts`),
    )
  })

  test('a database of a newer version is refused and left as it was', async () => {
    prepare(`PRAGMA user_version = ${migrations.length + 1}; CREATE TABLE later (x)`)
    expect(refusal()).toMatch(/newer Grantscope .*Update Grantscope, or name another file with --db\.$/)
    const sqlite = new Sqlite(file, { readonly: true })
    expect(sqlite.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
    sqlite.close()
  })

  test('a database of another program is refused and left as it was', () => {
    prepare("CREATE TABLE recipes (title TEXT); INSERT INTO recipes VALUES ('soup')")
    expect(refusal()).toMatch(/another program.*--db\.$/)
    const sqlite = new Sqlite(file, { readonly: true })
    expect(sqlite.prepare('SELECT * FROM recipes').all()).toEqual([{ title: 'soup' }])
    sqlite.close()
  })

  test('a file that is no database is refused and left as it was', async () => {
    const garbage = 'Dear diary, '.repeat(500)
    await writeFile(file, garbage)
    expect(refusal()).toMatch(/test\.db" cannot be opened: .*--db/)
    expect(await readFile(file, 'utf8')).toBe(garbage)
  })

  test('a place where no file can be is refused', () => {
    expect(refusal(folder.path)).toMatch(/cannot be opened/)
    expect(refusal(join(folder.path, 'missing', 'test.db'))).toMatch(/cannot be opened/)
  })

  test('a refusal is one line', async () => {
    await writeFile(file, 'x'.repeat(5000))
    expect(refusal()).not.toContain('\n')
  })
})

describe('migration 0001, foundation', () => {
  const insert = (sqlite: BetterSqlite3.Database) =>
    sqlite.exec(`
      INSERT INTO users (id, username, active, claims, totp_state, created_at, updated_at)
        VALUES ('u', 'u', 1, '{}', 'off', 0, 0);
      INSERT INTO clients (id, name, auth_methods, redirect_uris, grant_types, default_scopes, created_at, updated_at)
        VALUES ('c', 'c', '[]', '[]', '[]', '[]', 0, 0);
      INSERT INTO grants (id, client_id, user_id, scopes, created_at) VALUES ('g', 'c', 'u', '[]', 0);
      INSERT INTO tokens (jti, kind, grant_id, hash, scopes, header, claims, issued_at, expires_at)
        VALUES ('t', 'access', 'g', 'h', '', '{}', '{}', 0, 0);
      INSERT INTO sessions (hash, user_id, state, created_at, expires_at) VALUES ('s', 'u', 'active', 0, 0);
    `)
  const rows = (sqlite: BetterSqlite3.Database, table: string) =>
    sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

  function fromEmpty(): BetterSqlite3.Database {
    const sqlite = new Sqlite(':memory:')
    sqlite.exec(migrations[0]!.sql)
    sqlite.pragma('foreign_keys = ON')
    insert(sqlite)
    return sqlite
  }

  test.each([
    ['user', "DELETE FROM users WHERE id = 'u'", { grants: 0, tokens: 0, sessions: 0, clients: 1 }],
    ['client', "DELETE FROM clients WHERE id = 'c'", { grants: 0, tokens: 0, sessions: 1, users: 1 }],
    ['grant', "DELETE FROM grants WHERE id = 'g'", { tokens: 0, sessions: 1, users: 1, clients: 1 }],
  ])('a %s takes along what belongs to it', (_what, sql, left) => {
    const sqlite = fromEmpty()
    sqlite.exec(sql)
    for (const [table, count] of Object.entries(left))
      expect([table, rows(sqlite, table)]).toEqual([table, count])
    sqlite.close()
  })

  test('no token without its grant, no two of one jti or hash', () => {
    const sqlite = fromEmpty()
    const add = (jti: string, grant: string, hash: string) =>
      sqlite.exec(`INSERT INTO tokens (jti, kind, grant_id, hash, scopes, header, claims, issued_at, expires_at)
        VALUES ('${jti}', 'access', '${grant}', '${hash}', '', '{}', '{}', 0, 0)`)
    expect(() => add('t2', 'none', 'h2')).toThrow(/FOREIGN KEY/)
    expect(() => add('t', 'g', 'h2')).toThrow(/UNIQUE.*jti/)
    expect(() => add('t2', 'g', 'h')).toThrow(/UNIQUE.*hash/)
    add('t2', 'g', 'h2')
    sqlite.close()
  })

  test('one key of a use is active at most', () => {
    const sqlite = fromEmpty()
    const add = (kid: string, use: string, active: number) =>
      sqlite.exec(
        `INSERT INTO keys (kid, use, alg, active, private_jwk, created_at) VALUES ('${kid}', '${use}', 'x', ${active}, '{}', 0)`,
      )
    add('a', 'access', 1)
    add('b', 'access', 0)
    add('r', 'refresh', 1)
    expect(() => add('c', 'access', 1)).toThrow(/UNIQUE/)
    sqlite.close()
  })

  test('times are whole numbers', () => {
    const sqlite = fromEmpty()
    expect(() => sqlite.exec("UPDATE users SET created_at = 'yesterday'")).toThrow(/INTEGER/)
    sqlite.close()
  })
})

describe('migration 0002, authorization', () => {
  function fromEmpty(): BetterSqlite3.Database {
    const sqlite = new Sqlite(':memory:')
    sqlite.exec(migrations[0]!.sql)
    sqlite.exec(`
      INSERT INTO users (id, username, active, claims, totp_state, created_at, updated_at)
        VALUES ('u', 'u', 1, '{}', 'off', 0, 0);
      INSERT INTO clients (id, name, auth_methods, redirect_uris, grant_types, default_scopes, created_at, updated_at)
        VALUES ('c', 'c', '[]', '[]', '[]', '[]', 0, 0);
      INSERT INTO sessions (hash, user_id, state, created_at, expires_at)
        VALUES ('s', 'u', 'active', 7, 9), ('t', 'u', 'active', 8, 9);
    `)
    sqlite.exec(migrations[1]!.sql)
    sqlite.pragma('foreign_keys = ON')
    sqlite.exec(`
      INSERT INTO grants (id, client_id, user_id, scopes, created_at) VALUES ('g', 'c', 'u', '[]', 0);
      INSERT INTO codes (hash, grant_id, auth_time, amr, issued_at, expires_at) VALUES ('k', 'g', 0, '[]', 0, 0);
      INSERT INTO consents (client_id, user_id, scopes, given_at) VALUES ('c', 'u', '[]', 0);
      INSERT INTO interactions (hash, browser_hash, client_id, step, user_id, request, created_at, expires_at)
        VALUES ('i', 'b', 'c', 'consent', 'u', '{}', 0, 0);
    `)
    return sqlite
  }

  test('sessions that were there get a sid of their own, and the time they were made as that of the login', () => {
    const sqlite = fromEmpty()
    const sessions = sqlite.prepare('SELECT sid, auth_time, amr FROM sessions ORDER BY hash').all()
    expect(sessions).toEqual([
      { sid: expect.stringMatching(/^[0-9a-f]{32}$/), auth_time: 7, amr: '["pwd"]' },
      { sid: expect.stringMatching(/^[0-9a-f]{32}$/), auth_time: 8, amr: '["pwd"]' },
    ])
    expect(new Set(sessions.map((session) => (session as { sid: string }).sid)).size).toBe(2)
    sqlite.close()
  })

  test('clients that were there ask their users, and have nowhere to go after a logout', () => {
    const sqlite = fromEmpty()
    expect(sqlite.prepare('SELECT post_logout_redirect_uris, auto_approve FROM clients').get()).toEqual({
      post_logout_redirect_uris: '[]',
      auto_approve: 0,
    })
    sqlite.close()
  })

  test.each([
    ['user', "DELETE FROM users WHERE id = 'u'"],
    ['client', "DELETE FROM clients WHERE id = 'c'"],
  ])('a %s takes codes, consents and open logins along', (_what, sql) => {
    const sqlite = fromEmpty()
    sqlite.exec(sql)
    for (const table of ['codes', 'consents', 'interactions']) {
      expect([table, sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0])
    }
    sqlite.close()
  })
})

describe('migration 0003, assertions', () => {
  function fromEmpty(): BetterSqlite3.Database {
    const sqlite = new Sqlite(':memory:')
    for (const { sql } of migrations.slice(0, 3)) sqlite.exec(sql)
    sqlite.pragma('foreign_keys = ON')
    sqlite.exec(`
      INSERT INTO clients (id, name, auth_methods, redirect_uris, grant_types, default_scopes, created_at, updated_at)
        VALUES ('c', 'c', '[]', '[]', '[]', '[]', 0, 0), ('d', 'd', '[]', '[]', '[]', '[]', 0, 0);
      INSERT INTO assertions (client_id, jti_hash, used_at, expires_at) VALUES ('c', 'j', 0, 0);
      INSERT INTO grants (id, client_id, scopes, created_at) VALUES ('g', 'c', '[]', 0);
      INSERT INTO grants (id, client_id, scopes, created_at, parent_grant_id) VALUES ('h', 'd', '[]', 0, 'g');
    `)
    return sqlite
  }

  test('clients that were there have no keys', () => {
    const sqlite = fromEmpty()
    expect(sqlite.prepare('SELECT DISTINCT jwks, jwks_uri FROM clients').all()).toEqual([
      { jwks: null, jwks_uri: null },
    ])
    sqlite.close()
  })

  test('a client has each jti once, and takes them along; what others got in exchange stays', () => {
    const sqlite = fromEmpty()
    const add = (client: string) =>
      sqlite.exec(
        `INSERT INTO assertions (client_id, jti_hash, used_at, expires_at) VALUES ('${client}', 'j', 0, 0)`,
      )
    expect(() => add('c')).toThrow(/UNIQUE/)
    add('d')
    sqlite.exec("DELETE FROM clients WHERE id = 'c'")
    expect(sqlite.prepare('SELECT client_id FROM assertions').pluck().all()).toEqual(['d'])
    expect(sqlite.prepare('SELECT id, parent_grant_id FROM grants').all()).toEqual([
      { id: 'h', parent_grant_id: null },
    ])
    sqlite.close()
  })
})

describe('migration 0004, devices', () => {
  function fromEmpty(): BetterSqlite3.Database {
    const sqlite = new Sqlite(':memory:')
    for (const { sql } of migrations.slice(0, 4)) sqlite.exec(sql)
    sqlite.pragma('foreign_keys = ON')
    sqlite.exec(`
      INSERT INTO clients (id, name, auth_methods, redirect_uris, grant_types, default_scopes, created_at, updated_at)
        VALUES ('c', 'c', '[]', '[]', '[]', '[]', 0, 0);
      INSERT INTO grants (id, client_id, scopes, created_at) VALUES ('g', 'c', '[]', 0);
      INSERT INTO device_codes (hash, user_code, client_id, scopes, interval, issued_at, expires_at)
        VALUES ('h', 'u', 'c', '[]', 5, 0, 0);
    `)
    return sqlite
  }

  test('no two of one hash or user code', () => {
    const sqlite = fromEmpty()
    const add = (hash: string, userCode: string) =>
      sqlite.exec(`INSERT INTO device_codes (hash, user_code, client_id, scopes, interval, issued_at, expires_at)
        VALUES ('${hash}', '${userCode}', 'c', '[]', 5, 0, 0)`)
    expect(() => add('h', 'v')).toThrow(/UNIQUE.*hash/)
    expect(() => add('i', 'u')).toThrow(/UNIQUE.*user_code/)
    add('i', 'v')
    sqlite.close()
  })

  test('a device is allowed or denied, never both', () => {
    const sqlite = fromEmpty()
    sqlite.exec("UPDATE device_codes SET grant_id = 'g'")
    expect(() => sqlite.exec('UPDATE device_codes SET denied_at = 1')).toThrow(/CHECK/)
    sqlite.close()
  })

  test.each([
    ['client', "DELETE FROM clients WHERE id = 'c'"],
    ['grant', "DELETE FROM grants WHERE id = 'g'"],
  ])('a %s takes its device codes along', (_what, sql) => {
    const sqlite = fromEmpty()
    sqlite.exec("UPDATE device_codes SET grant_id = 'g'")
    sqlite.exec(sql)
    expect(sqlite.prepare('SELECT count(*) FROM device_codes').pluck().get()).toBe(0)
    sqlite.close()
  })
})

describe('migration 0005, pushed-requests', () => {
  test('no two of one hash; a client takes its own along', () => {
    const sqlite = new Sqlite(':memory:')
    for (const { sql } of migrations.slice(0, 5)) sqlite.exec(sql)
    sqlite.pragma('foreign_keys = ON')
    sqlite.exec(`
      INSERT INTO clients (id, name, auth_methods, redirect_uris, grant_types, default_scopes, created_at, updated_at)
        VALUES ('c', 'c', '[]', '[]', '[]', '[]', 0, 0), ('d', 'd', '[]', '[]', '[]', '[]', 0, 0);
    `)
    const add = (hash: string, client: string) =>
      sqlite.exec(
        `INSERT INTO pushed_requests (hash, client_id, parameters, issued_at, expires_at) VALUES ('${hash}', '${client}', '[]', 0, 0)`,
      )
    add('g', 'c')
    add('h', 'd')
    expect(() => add('g', 'd')).toThrow(/UNIQUE/)
    sqlite.exec("DELETE FROM clients WHERE id = 'c'")
    expect(sqlite.prepare('SELECT hash FROM pushed_requests').pluck().all()).toEqual(['h'])
    sqlite.close()
  })
})

describe('migration 0015, faults', () => {
  test('an exchange from before it was struck by nothing; no two scenarios have one name', () => {
    const sqlite = new Sqlite(':memory:')
    for (const { sql } of migrations.slice(0, 14)) sqlite.exec(sql)
    sqlite.exec(`
      INSERT INTO traces (id, started_at, last_at, last_exchange, exchange_count, refusals) VALUES ('t', 0, 0, 1, 1, 0);
      INSERT INTO exchanges (id, trace_id, at, duration_ms, method, target, status, failed_checks, detail)
        VALUES (1, 't', 0, 0, 'GET', '/', 200, 0, '{}');
    `)
    sqlite.exec(migrations[14]!.sql)
    expect(sqlite.prepare('SELECT faults FROM exchanges').pluck().get()).toBeNull()
    const add = (id: string) =>
      sqlite.exec(
        `INSERT INTO scenarios (id, name, file, created_at, updated_at) VALUES ('${id}', 'n', '{}', 0, 0)`,
      )
    add('a')
    expect(() => add('b')).toThrow(/UNIQUE/)
    sqlite.close()
  })
})

describe('migration 0016, retired-subjects', () => {
  test('an id is retired once, and no user of before is', () => {
    const sqlite = new Sqlite(':memory:')
    for (const { sql } of migrations.slice(0, 16)) sqlite.exec(sql)
    expect(sqlite.prepare('SELECT count(*) FROM retired_subjects').pluck().get()).toBe(0)
    const retire = () => sqlite.exec("INSERT INTO retired_subjects (id, username) VALUES ('u', 'ann')")
    retire()
    expect(retire).toThrow(/UNIQUE/)
    sqlite.close()
  })
})
