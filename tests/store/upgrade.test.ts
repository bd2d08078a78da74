import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { CompactSign, exportJWK, generateKeyPair, generateSecret } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { createGrantscope } from '../../electron/server/index.ts'
import { migrations } from '../../electron/server/store/migrations/index.ts'
import {
  type Answer,
  basic,
  bearer,
  cookie,
  ISSUER,
  type Issuer,
  START,
  withHelpers,
} from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hashOf, LATER, REDIRECT, REQUEST_URI, type Row, rows } from './version-1.ts'

// A database of version 1.0, whose schema was that of the first five migrations, with a row in every table: what an
// app still holds of it must go on working, and what a person set must still be there.

const V1 = 5

const SECONDS = START / 1000

interface Held {
  access: string
  refresh: string
  opaque: string
}

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

function insert(sqlite: BetterSqlite3.Database, [table, row]: Row): void {
  const values = Object.values(row).map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  )
  sqlite
    .prepare(`INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${values.map(() => '?').join()})`)
    .run(...values)
}

const claimsOf = (use: 'access' | 'refresh') => ({
  iss: ISSUER,
  aud: ISSUER,
  sub: 'u1',
  client_id: 'web',
  iat: SECONDS,
  exp: SECONDS + 600,
  jti: `jti-${use}`,
  scope: 'openid profile read',
  auth_time: SECONDS,
  amr: ['pwd'],
})

/** Stores a token with its key, as version 1.0 made them. */
async function addToken(sqlite: BetterSqlite3.Database, use: 'access' | 'refresh'): Promise<string> {
  const key = await newKey(use)
  const header = { alg: key.alg, typ: use === 'access' ? 'at+jwt' : 'rt+jwt', kid: use }
  const claims = claimsOf(use)
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  const token = await new CompactSign(payload).setProtectedHeader(header).sign(key.sign)
  insert(sqlite, [
    'keys',
    {
      kid: use,
      use,
      alg: key.alg,
      active: 1,
      private_jwk: key.privateJwk,
      public_jwk: key.publicJwk,
      created_at: START,
    },
  ])
  store(sqlite, token, use, header, claims)
  return token
}

/** One that only the ledger knows, as version 1.1 could make them. */
function addOpaque(sqlite: BetterSqlite3.Database): string {
  store(sqlite, 'opaque', 'access', {}, { ...claimsOf('access'), jti: 'jti-opaque' })
  return 'opaque'
}

function store(
  sqlite: BetterSqlite3.Database,
  token: string,
  kind: 'access' | 'refresh',
  header: Record<string, unknown>,
  claims: ReturnType<typeof claimsOf>,
): void {
  const { jti, scope: scopes } = claims
  const times = { issued_at: START, expires_at: LATER }
  const hash = hashOf(token)
  insert(sqlite, ['tokens', { jti, kind, grant_id: 'g-tokens', hash, scopes, header, claims, ...times }])
}

async function newKey(use: 'access' | 'refresh') {
  if (use === 'refresh') {
    const sign = await generateSecret('HS256', { extractable: true })
    return { alg: 'HS256', sign, privateJwk: { ...(await exportJWK(sign)), kid: use }, publicJwk: null }
  }
  const { privateKey: sign, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const named = { kid: use, alg: 'ES256', use: 'sig' }
  return {
    alg: 'ES256',
    sign,
    privateJwk: { ...(await exportJWK(sign)), ...named },
    publicJwk: { ...(await exportJWK(publicKey)), ...named },
  }
}

/** A core over such a database, upgraded as it opens. */
async function openUpgraded(): Promise<{ issuer: Issuer; held: Held; file: string }> {
  const folder = await temporaryFolder()
  onTestFinished(() => folder.remove())
  const file = join(folder.path, 'v1.db')
  const sqlite = new BetterSqlite3(file)
  for (const { sql } of migrations.slice(0, V1)) sqlite.exec(sql)
  sqlite.pragma(`user_version = ${V1}`)
  for (const row of rows) insert(sqlite, row)
  const held = {
    access: await addToken(sqlite, 'access'),
    refresh: await addToken(sqlite, 'refresh'),
    opaque: addOpaque(sqlite),
  }
  const tables = sqlite
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all()
  for (const table of tables) {
    expect([table, sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).not.toEqual([table, 0])
  }
  sqlite.close()
  const clock = { now: () => START + 1000, advance: () => {} }
  const log: string[] = []
  const grantscope = await createGrantscope({
    database: file,
    host: 'embedded',
    version: '0.0.0-test',
    clock,
    log: (line) => log.push(line),
  })
  onTestFinished(() => grantscope.close())
  grantscope.listening({ issuer: ISSUER, control: null, warnings: [] })
  return { issuer: withHelpers(grantscope, clock, log), held, file }
}

const secret = basic('web', 'hush')
const ok = ({ status, text }: Answer) => expect([status, status < 400 ? '' : text]).toEqual([200, ''])

test('a database of version 1.0 is sound after the upgrade', async () => {
  const { issuer, file } = await openUpgraded()
  issuer.grantscope.close()
  const sqlite = new BetterSqlite3(file)
  expect(sqlite.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(sqlite.pragma('foreign_key_check')).toEqual([])
  sqlite.close()
})

test('tokens, codes and cookies of version 1.0 are as good as they were', async () => {
  const { issuer, held } = await openUpgraded()
  const userinfo = await issuer.get('/userinfo', bearer(held.access))
  ok(userinfo)
  expect(userinfo.body).toMatchObject({ sub: 'u1', name: 'Ada Lovelace', locale: 'en-GB' })
  ok(await issuer.get('/userinfo', bearer(held.opaque)))
  ok(await issuer.get('/me', cookie('cookie')))
  ok(await issuer.token({ grant_type: 'refresh_token', refresh_token: held.refresh }, secret))
  ok(
    await issuer.token(
      { grant_type: 'authorization_code', code: 'code', redirect_uri: REDIRECT, code_verifier: VERIFIER },
      secret,
    ),
  )
  ok(
    await issuer.token(
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'device' },
      secret,
    ),
  )
  expect(issuer.log).toEqual([])
})

test('a pushed request of version 1.0 is answered, and the consent given then counts', async () => {
  const { issuer } = await openUpgraded()
  const query = new URLSearchParams({
    client_id: 'web',
    request_uri: REQUEST_URI,
  })
  const answer = await issuer.send(`/authorize?${query}`, { headers: cookie('cookie') })
  const { searchParams } = new URL(answer.headers.get('location')!)
  expect([searchParams.get('error_description'), searchParams.get('state')]).toEqual([null, 'x'])
  expect(searchParams.get('code')).toMatch(/^[\w-]{43}$/)
})

test('what was set in version 1.0 is there, and all of it is the default issuer’s', async () => {
  const { issuer } = await openUpgraded()
  expect(await issuer.call('settings.get', {})).toMatchObject({
    signingAlg: 'ES256',
    accessTokenLifetime: 1234,
    refreshRotation: 'strict',
  })
  expect((await issuer.call('issuers.list', {})).map(({ name }) => name)).toEqual(['default'])
  expect(await issuer.call('clients.get', { id: 'web' })).toMatchObject({
    name: 'Web app',
    issuer: null,
    responseTypes: ['code'],
    registeredAt: null,
  })
  const usage = await issuer.call('keys.usage', {})
  expect(usage).toEqual(['access', 'refresh'].map((kid) => ({ kid, live: 1, all: 1 })))
  const scopes = await issuer.call('scopes.list', {})
  expect(scopes.find(({ name }) => name === 'profile')?.claims).toContain('locale')
  expect(await issuer.call('sessions.list', {})).toMatchObject([
    { sid: 's1', issuer: 'default', username: 'ada', clients: ['web'] },
  ])
  expect(await issuer.call('traces.get', { id: 't1' })).toMatchObject({
    issuer: 'default',
    pinned: false,
    exchanges: [{ direction: 'inbound', issuer: 'default', replayOf: null, faults: [], target: '/userinfo' }],
  })
  const file = await issuer.call('workspace.export', { secrets: true })
  expect(await issuer.call('workspace.import', { file })).toEqual({ users: 1, clients: 1, scopes: 4 })
})
