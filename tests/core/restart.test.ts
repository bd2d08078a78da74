import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCore } from '../../electron/server/open-core.ts'
import { type GrantscopeOptions, OpenError } from '../../electron/server/options.ts'
import { createTestClock, openTestCore, quickDemo, type TestClock, type TestCore } from '../support/core.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

describe('a database file', () => {
  let folder: TemporaryFolder
  let clock: TestClock
  let open: TestCore | undefined

  beforeEach(async () => {
    folder = await temporaryFolder()
    clock = createTestClock()
  })
  afterEach(async () => {
    open?.close()
    open = undefined
    await folder.remove()
  })

  /** Closes what is open, if anything, and opens the file. */
  const start = async (options: Partial<GrantscopeOptions> = {}): Promise<TestCore> => {
    open?.close()
    open = await openTestCore({ database: join(folder.path, 'grantscope.db'), clock, ...options })
    return open
  }
  const restart = () => start({ workspace: undefined })

  test('keeps users, clients, scopes, settings and secrets', async () => {
    const { client } = await start()
    await client.call('users.update', { id: 'dave', changes: { password: 'changed', name: 'D' } })
    await client.call('clients.create', { id: 'mine', authMethods: ['client_secret_post'] })
    await client.call('scopes.create', { name: 'fly', description: '' })
    await client.call('settings.update', { accessTokenLifetime: 61 })
    const before = await client.call('workspace.export', { secrets: true })
    const after = await (await restart()).client.call('workspace.export', { secrets: true })
    expect(after).toEqual(before)
  })

  test('keeps keys, so that tokens of yesterday still verify', async () => {
    const { client } = await start()
    const keys = await client.call('keys.list', {})
    const { access_token: input } = await client.call('tokens.issue', { clientId: 'demo-service' })
    const again = (await restart()).client
    expect(await again.call('keys.list', {})).toEqual(keys)
    expect((await again.call('tokens.inspect', { input })).verdict).toBe('valid')
  })

  test('keeps which key signs, which is out of the JWKS and which is revoked', async () => {
    const { client } = await start()
    const make = (activate: boolean) => client.call('keys.generate', { alg: 'ES256', activate })
    const kids = [await make(false), await make(false), await make(true), await make(true)].map(
      ({ kid }) => kid,
    )
    await client.call('keys.retire', { kid: kids[0]! })
    await client.call('keys.revoke', { kid: kids[1]! })
    const keys = await client.call('keys.list', {})
    const again = (await restart()).client
    expect(await again.call('keys.list', {})).toEqual(keys)
    const stateOf = (kid: string) => keys.find((key) => key.kid === kid)?.state
    expect(kids.map(stateOf)).toEqual(['retired', 'revoked', 'published', 'active'])
  })

  test('keeps issuers with their keys, so that their tokens still verify', async () => {
    const { client } = await start()
    await client.call('issuers.create', { name: 'acme', settings: { signingAlg: 'ES256' } })
    const issuers = await client.call('issuers.list', {})
    const keys = await client.call('keys.list', {})
    const { access_token: input } = await client.call('tokens.issue', { issuer: 'acme', userId: 'alice' })
    const again = (await restart()).client
    expect(await again.call('issuers.list', {})).toEqual(issuers)
    expect(await again.call('keys.list', {})).toEqual(keys)
    const inspected = await again.call('tokens.inspect', { input })
    expect(inspected).toMatchObject({ verdict: 'valid', row: { issuer: 'acme' } })
  })

  test('keeps what became of tokens', async () => {
    const { client } = await start()
    const grantTypes = ['refresh_token' as const]
    await client.call('clients.create', { id: 'mine', grantTypes })
    await client.call('tokens.issue', { clientId: 'mine', userId: 'alice' })
    const [first, second] = (await client.call('tokens.list', {})).rows
    await client.call('tokens.revoke', { jtis: [first!.jti], reason: 'lost' })
    await client.call('tokens.expire', { jtis: [second!.jti] })
    const before = await client.call('tokens.list', {})
    expect(before.rows.map(({ state }) => state)).toEqual(['revoked', 'expired'])
    expect(await (await restart()).client.call('tokens.list', {})).toEqual(before)
  })

  test('keeps the state of second factors', async () => {
    const { client } = await start()
    const { code } = await client.call('users.enrolSecondFactor', { id: 'dave' })
    await client.call('users.confirmSecondFactor', { id: 'dave', code: code! })
    const again = (await restart()).client
    const { state, code: same } = await again.call('users.secondFactor', { id: 'dave' })
    expect([state, same]).toEqual(['on', code])
  })

  test('keeps the clock, frozen or moved', async () => {
    const { client } = await start()
    const frozen = await client.call('clock.set', { offsetMs: 5_000, frozen: true })
    clock.advance(1_000)
    const again = (await restart()).client
    expect(await again.call('clock.get', {})).toMatchObject({ now: frozen.now, frozen: true })
    await again.call('clock.set', { frozen: false })
    clock.advance(1_000)
    const moved = (await restart()).client
    expect(await moved.call('clock.get', {})).toMatchObject({ now: frozen.now + 1_000, frozen: false })
  })

  test('gives each launch its own event stream', async () => {
    const first = (await start()).core.events.cursor()
    const second = (await restart()).core.events.cursor()
    expect(second.launch).not.toBe(first.launch)
  })

  test('a workspace in the options is laid in at every start', async () => {
    const { client } = await start()
    await client.call('users.create', { username: 'frank', password: 'x' })
    const { rows } = await client.call('tokens.list', {})
    expect(rows).toEqual([])
    await client.call('tokens.issue', { clientId: 'demo-spa', userId: 'alice' })
    const again = (await start()).client
    const names = (await again.call('users.list', {})).map(({ username }) => username)
    expect(names).not.toContain('frank')
    expect((await again.call('tokens.list', {})).total).toBeGreaterThan(0)
  })

  test('a new one without a workspace holds the demo workspace', async () => {
    const { client, core } = await restart()
    expect((await client.call('users.list', {})).map(({ username }) => username)).toEqual([
      'alice',
      'bob',
      'carol',
      'dave',
      'erin',
    ])
    expect((await client.call('settings.get', {})).defaultClientId).toBe('demo-spa')
    const uses = core.keys.list().map(({ use, active }) => [use, active])
    expect(uses).toEqual(
      expect.arrayContaining([
        ['access', true],
        ['refresh', true],
      ]),
    )
  })

  test('loses the keys of an issuer that was being made when the process ended, and no others', async () => {
    const { core, client } = await start()
    await client.call('issuers.create', { name: 'whole', settings: { signingAlg: 'ES256' } })
    const before = await client.call('keys.list', {})
    // As far as issuers.create and a workspace file come before their transaction.
    await core.keys.signWith('half', 'ES256')
    await core.keys.signer('half', 'refresh')
    expect(core.keys.list('half')).toHaveLength(2)
    const again = await restart()
    expect(again.core.keys.list('half')).toEqual([])
    expect(await again.client.call('keys.list', {})).toEqual(before)
  })

  test('a workspace that is wrong is refused in one line, and leaves the database free', async () => {
    const workspace = { ...quickDemo, users: [{ username: 'x', allowedScopes: ['fly'] }] }
    const options = { host: 'embedded', version: 'x', database: join(folder.path, 'grantscope.db') } as const
    const attempt = openCore({ ...options, workspace })
    await expect(attempt).rejects.toThrow(OpenError)
    await expect(attempt).rejects.toThrow(
      'The workspace file cannot be used: users.0.allowedScopes.0 names "fly", which is no scope of the workspace',
    )
    expect((await (await start()).client.call('users.list', {})).length).toBe(5)
  })
})
