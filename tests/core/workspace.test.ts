import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findUser } from '../../electron/server/store/users.ts'
import { demoWorkspace } from '../../electron/server/workspace/demo.ts'
import { planWorkspace } from '../../electron/server/workspace/plan.ts'
import { ContractError } from '../../shared/contract/envelope.ts'
import { defaultSettings } from '../../shared/contract/settings.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'
import { openTestCore, quickDemo, type TestCore } from '../support/core.ts'

/** Dotted path and message of everything that is wrong with a file. */
function issuesOf(file: unknown): string[] {
  try {
    planWorkspace(file)
  } catch (error) {
    if (error instanceof ContractError) return error.issues!.map(({ path, message }) => `${path} ${message}`)
    throw error
  }
  return []
}

describe('reading a workspace file', () => {
  test('one that stands alone holds what it names and nothing else', () => {
    const plan = planWorkspace({ users: [{ username: 'ann' }], settings: { accessTokenLifetime: 60 } })
    expect(plan.users.map(({ username }) => username)).toEqual(['ann'])
    expect(plan.clients).toEqual([])
    expect(plan.scopes).toEqual([])
    expect(plan.settings).toEqual({ ...defaultSettings, accessTokenLifetime: 60, defaultClientId: '' })
  })

  test('the usual default client is the default where it exists', () => {
    expect(planWorkspace({ clients: [{ id: 'demo-spa' }] }).settings.defaultClientId).toBe('demo-spa')
  })

  test('one that extends the demo workspace adds to it', () => {
    const plan = planWorkspace({
      extends: 'demo',
      settings: { profile: 'strict' },
      scopes: [
        { name: 'fly', description: 'Fly' },
        { name: 'read', description: 'Look' },
      ],
      users: [{ username: 'ann', password: 'x', allowedScopes: ['fly', 'read'] }],
      clients: [{ id: 'mine', defaultScopes: ['fly'] }],
    })
    expect(plan.settings).toEqual({ ...defaultSettings, ...demoWorkspace.settings, profile: 'strict' })
    expect(plan.scopes.map(({ name }) => name)).toEqual([
      'openid',
      'profile',
      'email',
      'offline_access',
      'read',
      'write',
      'admin',
      'fly',
    ])
    expect(plan.scopes[4]!.description).toBe('Look')
    expect(plan.users.map(({ username }) => username)).toEqual([
      'alice',
      'bob',
      'carol',
      'dave',
      'erin',
      'ann',
    ])
    expect(plan.clients.map(({ id }) => id).at(-1)).toBe('mine')
  })

  test("an entry takes a demo entry's place, with its secrets where it has none of its own", () => {
    const { users, clients } = planWorkspace({
      extends: 'demo',
      users: [
        { username: 'carol', name: 'C' },
        { id: 'dave', username: 'david', password: 'other' },
      ],
      clients: [
        { id: 'demo-web', authMethods: ['client_secret_post'] },
        { id: 'demo-service', authMethods: ['none'] },
      ],
    })
    const carol = users.find(({ username }) => username === 'carol')
    expect(carol).toMatchObject({ name: 'C', email: null, claims: {}, password: 'caroling' })
    expect(carol?.totpSecret).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')
    expect(users.map(({ username, password }) => `${username} ${password}`)).toContain('david other')
    expect(clients.find(({ id }) => id === 'demo-web')).toMatchObject({
      secret: 'demo-web-secret',
      redirectUris: [],
    })
    expect(clients.find(({ id }) => id === 'demo-service')?.secret).toBeUndefined()
  })

  test('the demo workspace has no fault', () => {
    expect(issuesOf(demoWorkspace)).toEqual([])
  })

  const hash = (cost: string) => `$2b$${cost}$${'a'.repeat(53)}`
  test.each<[string, unknown, string[]]>([
    ['an unknown key', { usres: [] }, ['usres is not a known key']],
    ['an unknown key inside', { settings: { lifetime: 1 } }, ['settings.lifetime is not a known key']],
    [
      'a wrong value',
      { clients: [{ id: 'a', grantTypes: ['implicit'] }] },
      [expect.stringMatching(/^clients\.0\.grantTypes\.0 must be "authorization_code" or /) as string],
    ],
    ['another version', { version: 2 }, ['version must be 1']],
    [
      'an unknown scope of a user',
      { users: [{ username: 'a', allowedScopes: ['fly'] }] },
      ['users.0.allowedScopes.0 names "fly", which is no scope of the workspace'],
    ],
    [
      'an unknown scope of a client',
      { extends: 'demo', clients: [{ id: 'a', defaultScopes: ['read', 'fly'] }] },
      ['clients.0.defaultScopes.1 names "fly", which is no scope of the workspace'],
    ],
    [
      'the same user twice',
      { users: [{ username: 'a' }, { id: 'a', username: 'b' }] },
      ['users.1.id repeats "a"'],
    ],
    [
      'the same username twice',
      { users: [{ username: 'a' }, { id: 'b', username: 'a' }] },
      ['users.1.username repeats "a"'],
    ],
    [
      'a username of the demo workspace',
      { extends: 'demo', users: [{ id: 'a', username: 'alice' }] },
      ['users.0.username repeats "alice"'],
    ],
    ['the same client twice', { clients: [{ id: 'a' }, { id: 'a' }] }, ['clients.1.id repeats "a"']],
    ['the same scope twice', { scopes: [{ name: 'a' }, { name: 'a' }] }, ['scopes.1.name repeats "a"']],
    [
      'an unknown default client',
      { settings: { defaultClientId: 'x' } },
      ['settings.defaultClientId names "x", which is no client of the workspace'],
    ],
    [
      'a public client with a secret',
      { clients: [{ id: 'a', secret: 's' }] },
      ['clients.0.secret is of no use to a client without a method that needs it'],
    ],
    [
      'password and hash',
      { users: [{ username: 'a', password: 'x', passwordHash: hash('10') }] },
      ['users.0.passwordHash stands beside a password; leave one of them out'],
    ],
    [
      'a hash that takes a day to check',
      { users: [{ username: 'a', passwordHash: hash('31') }] },
      ['users.0.passwordHash must have a bcrypt cost of 4 to 15'],
    ],
    [
      'a TOTP secret that is cut short',
      { users: [{ username: 'a', totpSecret: 'JBSWY3DPEHPK3PXPA' }] },
      ['users.0.totpSecret is cut short or mistyped: it does not decode as base32'],
    ],
    ['no object at all', 'text', [' must be an object']],
  ])('%s is refused by its path', (_what, file, issues) => {
    expect(issuesOf(file)).toEqual(issues)
  })

  test('users of the file may swap names with each other and with the demo workspace', () => {
    const swapped = [
      { id: 'alice', username: 'bob' },
      { id: 'bob', username: 'alice' },
    ]
    expect(issuesOf({ extends: 'demo', users: swapped })).toEqual([])
  })
})

describe('laying a workspace in', () => {
  let opened: TestCore

  beforeEach(async () => {
    opened = await openTestCore()
  })
  afterEach(() => opened.close())

  const lay = (file: WorkspaceFileInput) => opened.client.call('workspace.import', { file })
  const alone = { settings: { bcryptCost: 4 } }
  const user = (id: string) => findUser(opened.core.database.read, id)!
  const verify = (id: string, password: string) =>
    opened.core.passwords.verify(password, user(id).passwordHash)

  test('users who go take their tokens along, users who stay keep theirs', async () => {
    for (const userId of ['alice', 'dave']) {
      await opened.client.call('tokens.issue', { clientId: 'demo-spa', userId })
    }
    await lay({ ...alone, users: [{ username: 'alice' }], clients: [{ id: 'demo-spa' }] })
    const { rows } = await opened.client.call('tokens.list', {})
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set(['alice']))
    expect(rows.every(({ state }) => state === 'active')).toBe(true)
  })

  test('who stays keeps secrets and history that the file leaves out', async () => {
    const before = user('carol')
    await lay({ ...alone, users: [{ username: 'carol' }] })
    const { passwordHash, totpSecret, totpState, createdAt } = before
    expect(user('carol')).toMatchObject({ passwordHash, totpSecret, totpState, createdAt, name: null })
  })

  test('a new user without a password has none that works', async () => {
    await lay({ ...alone, users: [{ username: 'ann' }] })
    expect(user('ann').passwordHash).toBeNull()
    expect(await verify('ann', '')).toBe(false)
  })

  test('a hash is taken as it is, and PHP’s $2y$ is read as the $2b$ it is', async () => {
    const passwordHash = (await opened.core.passwords.hash('secret')).replace('$2b$', '$2y$')
    await lay({ ...alone, users: [{ username: 'ann', passwordHash }] })
    expect(await verify('ann', 'secret')).toBe(true)
  })

  test("passwords are hashed at the file's own cost", async () => {
    await lay({ settings: { bcryptCost: 5 }, users: [{ username: 'ann', password: 'x' }] })
    expect(user('ann').passwordHash).toMatch(/^\$2b\$05\$/)
  })

  test('a new TOTP secret starts anew; the same one goes on', async () => {
    const totpSecret = user('carol').totpSecret!
    const { code } = await opened.client.call('users.secondFactor', { id: 'carol' })
    opened.core.database.write((writer) => {
      writer.run("UPDATE users SET totp_last_step = 7, totp_failures = 2 WHERE id = 'carol'")
    })
    expect(code).not.toBeNull()
    await lay({ ...alone, users: [{ username: 'carol', totpSecret }] })
    expect(user('carol')).toMatchObject({ totpState: 'on', totpLastStep: 7, totpFailures: 2 })
    await lay({ ...alone, users: [{ username: 'carol', totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }] })
    expect(user('carol')).toMatchObject({ totpState: 'on', totpLastStep: null, totpFailures: 0 })
  })

  test('a second factor that waits for its first code is not exported, survives an import, and is switched on by one that names it', async () => {
    await opened.client.call('users.enrolSecondFactor', { id: 'dave' })
    const pending = user('dave')
    const file = await opened.client.call('workspace.export', { secrets: true })
    expect(file.users.find(({ id }) => id === 'dave')).not.toHaveProperty('totpSecret')
    await lay(file)
    expect(user('dave')).toMatchObject({ totpState: 'pending', totpSecret: pending.totpSecret })
    await lay({ ...alone, users: [{ username: 'dave', totpSecret: pending.totpSecret! }] })
    expect(user('dave').totpState).toBe('on')
  })

  test('users may swap their names', async () => {
    const users = [
      { id: 'alice', username: 'bob' },
      { id: 'bob', username: 'alice' },
    ]
    await lay({ ...alone, users })
    expect([user('alice').username, user('bob').username]).toEqual(['bob', 'alice'])
  })

  test('scopes take the order of the file', async () => {
    await lay({ ...alone, scopes: [{ name: 'write' }, { name: 'read' }, { name: 'openid' }] })
    const scopes = await opened.client.call('scopes.list', {})
    expect(scopes.map(({ name }) => name)).toEqual(['write', 'read', 'openid'])
  })

  test('a client without its secret keeps the one it has, a new one gets one', async () => {
    const authMethods = ['client_secret_basic' as const]
    await lay({ ...alone, clients: ['demo-web', 'fresh'].map((id) => ({ id, authMethods })) })
    const secretOf = async (id: string) => (await opened.client.call('clients.secret', { id })).secret
    expect(await secretOf('demo-web')).toBe('demo-web-secret')
    expect(await secretOf('fresh')).toMatch(/^[\w-]{43}$/)
  })

  test('the algorithm of the file signs from now on', async () => {
    await lay({ ...quickDemo, settings: { signingAlg: 'ES256' } })
    const { access_token } = await opened.client.call('tokens.issue', { clientId: 'demo-service' })
    const header = JSON.parse(Buffer.from(access_token.split('.')[0]!, 'base64url').toString())
    expect(header.alg).toBe('ES256')
  })
})
