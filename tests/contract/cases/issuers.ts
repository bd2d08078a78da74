import assert from 'node:assert/strict'
import { type Bench, eventually, listen, refusal, rule, wrongPaths } from '../subject.ts'

/** Keys for ES256 are made in no time. */
const acme = { name: 'acme', settings: { signingAlg: 'ES256', accessTokenLifetime: 60 } } as const

const namesOf = async ({ client }: Bench) => (await client.call('issuers.list', {})).map(({ name }) => name)

export const issuerCases = [
  rule('an issuer has what it names of its own, and all else as the default one', async ({ client }) => {
    const created = await client.call('issuers.create', acme)
    const workspace = await client.call('settings.get', {})
    assert.deepEqual(created.settings, acme.settings)
    assert.equal(created.effective.accessTokenLifetime, 60)
    assert.equal(created.effective.refreshTokenLifetime, workspace.refreshTokenLifetime)
    assert.deepEqual(await client.call('issuers.get', { name: 'acme' }), created)
    await client.call('settings.update', { refreshTokenLifetime: 77 })
    const { effective } = await client.call('issuers.get', { name: 'acme' })
    assert.deepEqual([effective.accessTokenLifetime, effective.refreshTokenLifetime], [60, 77])
  }),

  rule('issuers.list has the default issuer first, with the settings of the workspace', async (bench) => {
    assert.deepEqual(await namesOf(bench), ['default'])
    await bench.client.call('issuers.create', acme)
    const [first, second] = await bench.client.call('issuers.list', {})
    const { accessTokenLifetime } = await bench.client.call('settings.get', {})
    assert.deepEqual(first!.settings, {})
    assert.equal(first!.effective.accessTokenLifetime, accessTokenLifetime)
    assert.equal(second!.url, `${first!.url}/acme`)
  }),

  rule('issuers.update changes what it names; null is the default issuer again', async ({ client }) => {
    await client.call('issuers.create', acme)
    const settings = { profile: 'strict', accessTokenLifetime: null } as const
    const updated = await client.call('issuers.update', { name: 'acme', settings })
    assert.deepEqual(updated.settings, { signingAlg: 'ES256', profile: 'strict' })
    const { accessTokenLifetime } = await client.call('settings.get', {})
    assert.equal(updated.effective.accessTokenLifetime, accessTokenLifetime)
  }),

  rule('an issuer has keys of its own, and loses them when it goes', async ({ client }) => {
    const before = await client.call('keys.list', {})
    await client.call('issuers.create', acme)
    const keys = await client.call('keys.list', {})
    const own = keys.filter(({ issuer }) => issuer === 'acme')
    assert.deepEqual(own.map(({ alg, active }) => [alg, active]).sort(), [
      ['ES256', true],
      ['HS256', true],
    ])
    await client.call('issuers.update', { name: 'acme', settings: { signingAlg: 'EdDSA' } })
    const active = (await client.call('keys.list', {})).filter((key) => key.issuer === 'acme' && key.active)
    assert.deepEqual(active.map(({ alg }) => alg).sort(), ['EdDSA', 'HS256'])
    assert.deepEqual(await client.call('issuers.delete', { name: 'acme' }), {})
    assert.deepEqual(await client.call('keys.list', {}), before)
  }),

  rule('an issuer takes its tokens along', async (bench) => {
    const { client } = bench
    await client.call('issuers.create', acme)
    await client.call('tokens.issue', { issuer: 'acme', userId: 'alice' })
    await client.call('tokens.issue', { userId: 'alice' })
    const { rows } = await client.call('tokens.list', { filter: { issuer: 'acme' } })
    assert.deepEqual(rows.map(({ issuer, kind }) => `${issuer} ${kind}`).sort(), [
      'acme access',
      'acme refresh',
    ])
    await client.call('issuers.delete', { name: 'acme' })
    const left = await client.call('tokens.list', {})
    assert.ok(left.rows.length > 0 && left.rows.every(({ issuer }) => issuer === 'default'))
    assert.deepEqual(await namesOf(bench), ['default'])
  }),

  rule('names of two issuers, or of a path of the default one, are refused', async ({ client }) => {
    await client.call('issuers.create', acme)
    await refusal(client.call('issuers.create', acme), 'conflict')
    for (const name of ['default', 'token', 'login', 'Acme', 'a/b', '']) {
      assert.deepEqual(await wrongPaths(client.call('issuers.create', { name, settings: {} })), ['name'])
    }
    const settings = { signingAlg: 'none', bcryptCost: 4 }
    assert.deepEqual(
      (await wrongPaths(client.call('issuers.create', { name: 'b', settings } as never))).sort(),
      ['settings.bcryptCost', 'settings.signingAlg'],
    )
  }),

  rule('what there is not cannot be read, changed or removed; the default one stays', async ({ client }) => {
    await refusal(client.call('issuers.get', { name: 'nowhere' }), 'not_found')
    await refusal(client.call('issuers.update', { name: 'nowhere', settings: {} }), 'not_found')
    await refusal(client.call('issuers.delete', { name: 'nowhere' }), 'not_found')
    await refusal(client.call('issuers.update', { name: 'default', settings: {} }), 'refused')
    await refusal(client.call('issuers.delete', { name: 'default' }), 'refused')
    await refusal(client.call('tokens.issue', { issuer: 'nowhere', userId: 'alice' }), 'not_found')
  }),

  rule('clients and users can be bound to an issuer there is, which then stays', async ({ client }) => {
    const changes = { issuer: 'acme' }
    const bindClient = () => client.call('clients.update', { id: 'demo-web', changes })
    const bindUser = () => client.call('users.update', { id: 'alice', changes })
    assert.deepEqual(await wrongPaths(bindClient()), ['changes.issuer'])
    assert.deepEqual(await wrongPaths(bindUser()), ['changes.issuer'])
    await client.call('issuers.create', acme)
    assert.equal((await bindClient()).issuer, 'acme')
    assert.equal((await bindUser()).issuer, 'acme')
    await refusal(client.call('tokens.issue', { userId: 'alice' }), 'refused')
    await refusal(client.call('tokens.issue', { clientId: 'demo-web' }), 'refused')
    await client.call('tokens.issue', { issuer: 'acme', clientId: 'demo-web', userId: 'alice' })
    const { message } = await refusal(client.call('issuers.delete', { name: 'acme' }), 'refused')
    assert.match(message, /client "demo-web", user "alice"/)
    await client.call('clients.update', { id: 'demo-web', changes: { issuer: null } })
    await client.call('users.update', { id: 'alice', changes: { issuer: null } })
    const match = { issuers: ['acme'] }
    await client.call('faults.create', { name: 'There', match, action: { kind: 'hang' } })
    const bound = await refusal(client.call('issuers.delete', { name: 'acme' }), 'refused')
    assert.match(bound.message, /Bound to "acme": fault "There"/)
    await client.call('faults.delete', {})
    await client.call('issuers.delete', { name: 'acme' })
  }),

  rule('a workspace file has issuers, and bindings to them', async (bench) => {
    const { client } = bench
    await client.call('issuers.create', acme)
    await client.call('clients.update', { id: 'demo-web', changes: { issuer: 'acme' } })
    const file = await client.call('workspace.export', {})
    assert.deepEqual(file.issuers, [acme])
    const keys = await client.call('keys.list', {})
    await client.call('workspace.import', { file })
    assert.deepEqual(await client.call('keys.list', {}), keys)
    await client.call('workspace.import', { file: { extends: 'demo', settings: { bcryptCost: 4 } } })
    assert.deepEqual(await namesOf(bench), ['default'])
    await client.call('workspace.import', { file })
    assert.deepEqual(await namesOf(bench), ['default', 'acme'])
    assert.deepEqual(await client.call('workspace.export', {}), file)
  }),

  rule('a workspace file with wrong issuers is refused, with the paths', async ({ client }) => {
    const paths = (file: unknown) => wrongPaths(client.call('workspace.import', { file }))
    assert.deepEqual(await paths({ issuers: [{ name: 'token' }] }), ['issuers.0.name'])
    assert.deepEqual(await paths({ issuers: [{ name: 'a' }, { name: 'a' }] }), ['issuers.1.name'])
    assert.deepEqual(await paths({ issuers: [{ name: 'a', settings: { profile: 'x' } }] }), [
      'issuers.0.settings.profile',
    ])
    const clients = [{ id: 'c', issuer: 'b' }]
    const users = [{ username: 'u', issuer: 'c' }]
    assert.deepEqual(await paths({ issuers: [{ name: 'a' }], users, clients }), [
      'users.0.issuer',
      'clients.0.issuer',
    ])
  }),

  rule('a change of an issuer is an event', async (bench) => {
    const listening = await listen(bench)
    await bench.client.call('issuers.create', acme)
    await eventually('the event', () =>
      listening.seen.find((event) => event.type === 'changed' && event.noun === 'issuers'),
    )
    listening.stop()
  }),
]
