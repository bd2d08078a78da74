import assert from 'node:assert/strict'
import { refusal, rule, wrongPaths } from '../subject.ts'

export const clientCases = [
  rule('clients.create makes a public client of what is left out', async ({ client }) => {
    const made = await client.call('clients.create', { id: 'spa' })
    assert.deepEqual([made.name, made.authMethods, made.hasSecret], ['spa', ['none'], false])
    assert.deepEqual(made.grantTypes, ['authorization_code', 'refresh_token'])
    assert.deepEqual(await client.call('clients.get', { id: 'spa' }), made)
    assert.deepEqual(await client.call('clients.secret', { id: 'spa' }), { secret: null })
    const ids = (await client.call('clients.list', {})).map(({ id }) => id)
    assert.deepEqual(ids, ['demo-device', 'demo-service', 'demo-spa', 'demo-web', 'spa'])
  }),

  rule('a client with a secret method gets a secret, its own or a generated one', async ({ client }) => {
    const authMethods = ['client_secret_post' as const]
    assert.equal((await client.call('clients.create', { id: 'made', authMethods })).hasSecret, true)
    const { secret } = await client.call('clients.secret', { id: 'made' })
    assert.equal(Buffer.from(secret ?? '', 'base64url').length, 32)
    await client.call('clients.create', { id: 'own', authMethods, secret: 's3cret' })
    assert.deepEqual(await client.call('clients.secret', { id: 'own' }), { secret: 's3cret' })
  }),

  rule('a client is refused whose parts do not fit together', async ({ client }) => {
    const create = (input: object) => wrongPaths(client.call('clients.create', { id: 'odd', ...input }))
    const both = ['none' as const, 'client_secret_basic' as const]
    assert.deepEqual(await create({ authMethods: both }), ['authMethods'])
    assert.deepEqual(await create({ authMethods: ['none'], secret: 'x' }), ['secret'])
    assert.deepEqual(await create({ allowedScopes: ['read'], defaultScopes: ['write'] }), ['defaultScopes.0'])
    assert.deepEqual(await create({ allowedScopes: ['fly'] }), ['allowedScopes.0'])
    assert.deepEqual(await create({ defaultScopes: ['read', 'fly'] }), ['defaultScopes.1'])
    assert.deepEqual(await create({ redirectUris: ['loopback', '/callback'] }), ['redirectUris.1'])
    assert.deepEqual(await create({ redirectUris: ['javascript:alert(1)'] }), ['redirectUris.0'])
    const postLogoutRedirectUris = ['com.example:/bye', 'data:text/html,bye']
    assert.deepEqual(await create({ postLogoutRedirectUris }), ['postLogoutRedirectUris.1'])
    const logout = 'https://app.example/out#now'
    assert.deepEqual(await create({ frontchannelLogoutUri: logout }), ['frontchannelLogoutUri'])
    assert.deepEqual(await create({ backchannelLogoutUri: logout }), ['backchannelLogoutUri'])
    assert.deepEqual(await create({ id: 'with space' }), ['id'])
    await refusal(client.call('clients.get', { id: 'odd' }), 'not_found')
  }),

  rule('a client asks its users, unless it is told to approve unasked', async ({ client }) => {
    const made = await client.call('clients.create', { id: 'app' })
    assert.deepEqual([made.autoApprove, made.postLogoutRedirectUris], [false, []])
    const changes = { autoApprove: true, postLogoutRedirectUris: ['loopback', 'https://app.example/bye'] }
    const after = await client.call('clients.update', { id: 'app', changes })
    assert.deepEqual(after, { ...made, ...changes, updatedAt: after.updatedAt })
    const wrong = client.call('clients.update', { id: 'app', changes: { postLogoutRedirectUris: ['/bye'] } })
    assert.deepEqual(await wrongPaths(wrong), ['changes.postLogoutRedirectUris.0'])
  }),

  rule(
    'a client signs with public keys of one source; others are refused where they stand',
    async ({ client }) => {
      const jwk = { kty: 'OKP', crv: 'Ed25519', kid: 'k1', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
      const authMethods = ['private_key_jwt' as const]
      const create = (input: object) => client.call('clients.create', { id: 'signer', authMethods, ...input })
      assert.deepEqual(await wrongPaths(create({})), ['authMethods'])
      const secretPart = { ...jwk, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }
      assert.deepEqual(await wrongPaths(create({ jwks: { keys: [jwk, secretPart] } })), ['jwks.keys.1'])
      const jwksUri = 'https://app.example/jwks'
      assert.deepEqual(await wrongPaths(create({ jwks: { keys: [jwk] }, jwksUri })), ['jwksUri'])
      const made = await create({ jwks: { keys: [jwk] } })
      assert.deepEqual([made.jwks, made.jwksUri, made.hasSecret], [{ keys: [jwk] }, null, false])
    },
  ),

  rule('clients.create refuses an id that is taken', async ({ client }) => {
    await refusal(client.call('clients.create', { id: 'demo-spa' }), 'conflict')
  }),

  rule('clients.update changes what it names and nothing else', async ({ client }) => {
    const before = await client.call('clients.get', { id: 'demo-spa' })
    const changes = { name: 'My app', redirectUris: ['https://app.example/cb'], accessTokenLifetime: 60 }
    const after = await client.call('clients.update', { id: 'demo-spa', changes })
    assert.deepEqual(after, { ...before, ...changes, updatedAt: after.updatedAt })
  }),

  rule('clients.update keeps the rules that hold for a whole client', async ({ client }) => {
    const update = (changes: object) => client.call('clients.update', { id: 'demo-spa', changes })
    assert.deepEqual(await wrongPaths(update({ defaultScopes: ['fly'] })), ['changes.defaultScopes.0'])
    await update({ allowedScopes: ['read', 'write'], defaultScopes: ['write'] })
    assert.deepEqual(await wrongPaths(update({ allowedScopes: ['read'] })), ['changes.defaultScopes.0'])
    assert.deepEqual(await wrongPaths(update({ secret: 'x' })), ['changes.secret'])
  }),

  rule(
    'a client that becomes confidential gets a secret, and loses it as a public one',
    async ({ client }) => {
      const update = (method: 'none' | 'client_secret_basic') =>
        client.call('clients.update', { id: 'demo-spa', changes: { authMethods: [method] } })
      assert.equal((await update('client_secret_basic')).hasSecret, true)
      assert.notEqual((await client.call('clients.secret', { id: 'demo-spa' })).secret, null)
      assert.equal((await update('none')).hasSecret, false)
      assert.equal((await client.call('clients.secret', { id: 'demo-spa' })).secret, null)
    },
  ),

  rule('clients.delete takes the tokens of the client along', async ({ client }) => {
    await client.call('clients.create', { id: 'gone' })
    await client.call('tokens.issue', { clientId: 'gone', userId: 'alice' })
    assert.deepEqual(await client.call('clients.delete', { id: 'gone' }), {})
    assert.equal((await client.call('tokens.list', { filter: { clientId: 'gone' } })).total, 0)
  }),

  rule(
    'the default client is not deleted under the feet of those who send no client_id',
    async ({ client }) => {
      await refusal(client.call('clients.delete', { id: 'demo-spa' }), 'refused')
      await client.call('settings.update', { defaultClientId: 'demo-web' })
      await client.call('clients.delete', { id: 'demo-spa' })
    },
  ),

  rule('operations on a client that is not there say so', async ({ client }) => {
    const id = 'nothing'
    for (const name of ['clients.get', 'clients.delete', 'clients.secret'] as const) {
      assert.match((await refusal(client.call(name, { id }), 'not_found')).message, /nothing/, name)
    }
    await refusal(client.call('clients.update', { id, changes: {} }), 'not_found')
  }),

  rule('scopes.create adds a scope at the end', async ({ client }) => {
    const made = await client.call('scopes.create', { name: 'fly', description: 'Use the wings' })
    const scopes = await client.call('scopes.list', {})
    assert.deepEqual(scopes.at(-1), made)
    const demo = ['openid', 'profile', 'email', 'offline_access', 'read', 'write', 'admin']
    assert.deepEqual(
      scopes.map(({ name }) => name),
      [...demo, 'fly'],
    )
  }),

  rule('scopes.create refuses a name that is taken or cannot be one', async ({ client }) => {
    await refusal(client.call('scopes.create', { name: 'read', description: '' }), 'conflict')
    const spaced = client.call('scopes.create', { name: 'read all', description: '' })
    assert.deepEqual(await wrongPaths(spaced), ['name'])
  }),

  rule('scopes.update changes the claims a scope stands for, and leaves the rest', async ({ client }) => {
    const before = (await client.call('scopes.list', {})).find(({ name }) => name === 'email')!
    assert.deepEqual(before.claims, ['email', 'email_verified'])
    const changed = await client.call('scopes.update', { name: 'email', claims: ['email'] })
    assert.deepEqual(changed, { ...before, claims: ['email'] })
    const empty = client.call('scopes.update', { name: 'email', claims: [''] })
    assert.deepEqual(await wrongPaths(empty), ['claims.0'])
    await client.call('scopes.update', { name: 'email', claims: before.claims })
  }),

  rule('scopes.update changes the description', async ({ client }) => {
    const changed = await client.call('scopes.update', { name: 'read', description: 'Look at things' })
    assert.equal(changed.description, 'Look at things')
    const names = (await client.call('scopes.list', {})).map(({ name }) => name)
    assert.equal(names.indexOf('read'), 4)
    await refusal(client.call('scopes.update', { name: 'fly', description: '' }), 'not_found')
  }),

  rule('scopes.delete takes the scope from clients and users', async ({ client }) => {
    const lists = { allowedScopes: ['read', 'write'], defaultScopes: ['read'] }
    await client.call('clients.update', { id: 'demo-web', changes: lists })
    assert.deepEqual(await client.call('scopes.delete', { name: 'read' }), {})
    const web = await client.call('clients.get', { id: 'demo-web' })
    assert.deepEqual([web.allowedScopes, web.defaultScopes], [['write'], []])
    const erin = await client.call('users.get', { id: 'erin' })
    assert.deepEqual(erin.allowedScopes, ['openid', 'profile'])
    await refusal(client.call('scopes.delete', { name: 'read' }), 'not_found')
  }),
]
