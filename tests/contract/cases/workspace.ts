import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const tokenStatus = async (bench: Bench, username: string, password: string) => {
  const response = await bench.send('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
  })
  return response.status
}

export const workspaceCases = [
  rule('an export without secrets holds none', async ({ client }) => {
    const file = await client.call('workspace.export', {})
    const text = JSON.stringify(file)
    for (const secret of ['$2b$', 'JBSWY3DP', 'demo-web-secret', 'passwordHash', 'totpSecret', '"secret"']) {
      assert.ok(!text.includes(secret), secret)
    }
    assert.equal(file.users.length, 5)
    assert.equal(file.clients.length, 4)
  }),

  rule('an export with secrets gives the same workspace when it is imported', async (bench) => {
    const { client } = bench
    await client.call('users.update', {
      id: 'dave',
      changes: { password: 'changed', claims: { a: [1, null] } },
    })
    await client.call('settings.update', { accessTokenLifetime: 77 })
    await client.call('scopes.create', { name: 'fly', description: 'Fly' })
    const file = await client.call('workspace.export', { secrets: true })
    await client.call('workspace.import', { file: { users: [{ username: 'lonely' }] } })
    assert.equal((await client.call('users.list', {})).length, 1)
    const counts = await client.call('workspace.import', { file })
    assert.deepEqual(counts, { users: 5, clients: 4, scopes: 8 })
    assert.deepEqual(await client.call('workspace.export', { secrets: true }), file)
    assert.equal(await tokenStatus(bench, 'dave', 'changed'), 200)
    assert.deepEqual(await client.call('clients.secret', { id: 'demo-web' }), { secret: 'demo-web-secret' })
    assert.equal((await client.call('users.secondFactor', { id: 'carol' })).state, 'on')
  }),

  rule('a preview says what an import would do, and does nothing', async ({ client }) => {
    const before = await client.call('workspace.export', { secrets: true })
    const file = {
      users: [{ username: 'gina' }, { username: 'alice' }],
      settings: { bcryptCost: 4, accessTokenLifetime: 77 },
    }
    const preview = await client.call('workspace.preview', { file })
    assert.deepEqual(preview.users, {
      added: ['gina'],
      kept: ['alice'],
      removed: ['bob', 'carol', 'dave', 'erin'],
    })
    assert.equal(preview.clients.removed.length, 4)
    assert.ok(preview.settings.includes('accessTokenLifetime'))
    assert.ok(!preview.settings.includes('bcryptCost'))
    assert.equal(preview.secrets, false)
    const own = await client.call('workspace.preview', { file: before })
    assert.deepEqual([own.secrets, own.settings, own.users.added, own.users.removed], [true, [], [], []])
    assert.deepEqual(await client.call('workspace.export', { secrets: true }), before)
    assert.deepEqual(await wrongPaths(client.call('workspace.preview', { file: { version: 2 } })), [
      'version',
    ])
  }),

  rule('an import keeps the secrets it leaves out', async (bench) => {
    const { client } = bench
    const file = await client.call('workspace.export', {})
    await client.call('workspace.import', { file })
    assert.equal(await tokenStatus(bench, 'alice', 'wonderland'), 200)
    assert.deepEqual(await client.call('clients.secret', { id: 'demo-web' }), { secret: 'demo-web-secret' })
    assert.equal((await client.call('users.secondFactor', { id: 'carol' })).state, 'on')
  }),

  rule('an import refuses a wrong file, names the paths, and changes nothing', async ({ client }) => {
    const before = await client.call('workspace.export', { secrets: true })
    const paths = (file: unknown) => wrongPaths(client.call('workspace.import', { file }))
    assert.deepEqual(await paths({ users: [{ username: 'x', pasword: 'x' }] }), ['users.0.pasword'])
    assert.deepEqual(await paths({ settings: { signingAlg: 'none' } }), ['settings.signingAlg'])
    assert.deepEqual(await paths({ clients: [{ id: 'a', allowedScopes: ['fly'] }] }), [
      'clients.0.allowedScopes.0',
    ])
    assert.deepEqual(await paths({ version: 2 }), ['version'])
    await refusal(client.call('workspace.import', { file: 'text' }), 'invalid_input')
    assert.deepEqual(await client.call('workspace.export', { secrets: true }), before)
  }),

  rule('an import gives the id of a deleted user back to that user alone', async ({ client }) => {
    const before = await client.call('workspace.export', { secrets: true })
    await client.call('users.delete', { id: 'dave' })
    const another = { extends: 'demo' as const, users: [{ id: 'dave', username: 'david' }] }
    for (const name of ['workspace.import', 'workspace.preview'] as const) {
      assert.deepEqual(await wrongPaths(client.call(name, { file: another })), ['users.0.id'])
    }
    await client.call('workspace.import', { file: before })
    assert.deepEqual(await client.call('workspace.export', { secrets: true }), before)
  }),

  rule('an import refuses a new user whose id no sub may be', async ({ client }) => {
    const users = [
      { username: 'zoë' },
      { id: 'z'.repeat(256), username: 'z' },
      { id: 'zoe', username: 'Zoë' },
    ]
    const wrong = (list: typeof users) =>
      wrongPaths(client.call('workspace.import', { file: { users: list } }))
    assert.deepEqual(await wrong(users), ['users.1.id'])
    assert.deepEqual(await wrong([users[0]!, users[2]!]), ['users.0.id'])
  }),

  rule('a reset brings the demo workspace back and forgets what happened', async (bench) => {
    const { client } = bench
    const keys = await client.call('keys.list', {})
    await client.call('clock.set', { offsetMs: 86_400_000, frozen: true })
    await client.call('users.update', { id: 'dave', changes: { password: 'changed' } })
    await client.call('users.create', { username: 'frances', password: 'x' })
    await client.call('tokens.issue', { clientId: 'demo-spa', userId: 'alice' })
    await bench.send('/jwks')
    assert.deepEqual(await client.call('workspace.reset', {}), {})
    const names = (await client.call('users.list', {})).map(({ username }) => username)
    assert.deepEqual(names, ['alice', 'bob', 'carol', 'dave', 'erin'])
    assert.equal((await client.call('tokens.list', {})).total, 0)
    assert.equal((await client.call('exchanges.list', {})).total, 0)
    assert.deepEqual(await client.call('keys.list', {}), keys)
    const clock = await client.call('clock.get', {})
    assert.deepEqual([clock.frozen, clock.offsetMs], [false, 0])
    assert.equal(await tokenStatus(bench, 'dave', 'davinci'), 200)
  }),
]
