import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const login = (bench: Bench, username: string, password: string) =>
  bench.send('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
  })

/** A code that is not right at this moment. */
const wrongCode = (code: string | null) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

export const userCases = [
  rule('users.create adds a user whose id is the username when it is left out', async ({ client }) => {
    const made = await client.call('users.create', { username: 'frank', password: 'frankly' })
    assert.equal(made.id, 'frank')
    assert.equal(made.active, true)
    assert.equal(made.allowedScopes, null)
    assert.equal(made.secondFactor, 'off')
    assert.deepEqual(await client.call('users.get', { id: 'frank' }), made)
    const names = (await client.call('users.list', {})).map(({ username }) => username)
    assert.deepEqual(names, ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'])
  }),

  rule('users.create refuses an id or a username that is taken', async ({ client }) => {
    const password = 'x'
    await refusal(client.call('users.create', { id: 'alice', username: 'other', password }), 'conflict')
    await refusal(client.call('users.create', { id: 'other', username: 'alice', password }), 'conflict')
  }),

  rule(
    'users.create refuses an id that no sub may be, also one that comes of the username',
    async ({ client }) => {
      const named = { username: 'zoë', password: 'x' }
      assert.deepEqual(await wrongPaths(client.call('users.create', named)), ['id'])
      assert.deepEqual(await wrongPaths(client.call('users.create', { ...named, id: 'Zoë' })), ['id'])
      assert.deepEqual(await wrongPaths(client.call('users.create', { ...named, id: 'z'.repeat(256) })), [
        'id',
      ])
      const made = await client.call('users.create', { ...named, id: 'z'.repeat(255) })
      assert.equal(made.username, 'zoë')
    },
  ),

  rule('users.create names everything that is wrong with its input', async ({ client }) => {
    const input = { username: ' ', password: 'é'.repeat(37), email: 'nobody', nickname: 'x' }
    const paths = await wrongPaths(client.call('users.create', input as never))
    assert.deepEqual(paths.sort(), ['email', 'nickname', 'password', 'username'])
  }),

  rule('a user can only be allowed scopes that exist', async ({ client }) => {
    const allowedScopes = ['read', 'fly']
    const made = client.call('users.create', { username: 'florin', password: 'x', allowedScopes })
    assert.deepEqual(await wrongPaths(made), ['allowedScopes.1'])
    const changed = client.call('users.update', { id: 'dave', changes: { allowedScopes } })
    assert.deepEqual(await wrongPaths(changed), ['changes.allowedScopes.1'])
  }),

  rule('users.update changes what it names and nothing else', async ({ client }) => {
    const before = await client.call('users.get', { id: 'dave' })
    const changes = { username: 'david', email: null, claims: { locale: 'fr' }, allowedScopes: ['read'] }
    const after = await client.call('users.update', { id: 'dave', changes })
    assert.deepEqual(after, { ...before, ...changes, updatedAt: after.updatedAt })
    assert.deepEqual(await client.call('users.get', { id: 'dave' }), after)
  }),

  rule('users.update refuses a username that is taken, and keeps its own', async ({ client }) => {
    await refusal(client.call('users.update', { id: 'dave', changes: { username: 'alice' } }), 'conflict')
    const kept = await client.call('users.update', { id: 'dave', changes: { username: 'dave', name: 'D' } })
    assert.equal(kept.name, 'D')
  }),

  rule('a changed password counts at once, the old one no more', async (bench) => {
    await bench.client.call('users.update', { id: 'dave', changes: { password: 'new one' } })
    assert.equal((await login(bench, 'dave', 'davinci')).status, 400)
    assert.equal((await login(bench, 'dave', 'new one')).status, 200)
  }),

  rule('users.delete takes the tokens of the user along', async ({ client }) => {
    await client.call('users.create', { username: 'fiona', password: 'x' })
    await client.call('tokens.issue', { clientId: 'demo-spa', userId: 'fiona' })
    const held = () => client.call('tokens.list', { filter: { userId: 'fiona' } })
    assert.notEqual((await held()).total, 0)
    assert.deepEqual(await client.call('users.delete', { id: 'fiona' }), {})
    assert.equal((await held()).total, 0)
    await refusal(client.call('users.get', { id: 'fiona' }), 'not_found')
  }),

  rule('the id of a deleted user is never given to another', async ({ client }) => {
    const felix = { username: 'felix', password: 'x' }
    await client.call('users.create', felix)
    await client.call('users.delete', { id: 'felix' })
    for (const input of [felix, { id: 'felix', username: 'fritz', password: 'x' }]) {
      const { message } = await refusal(client.call('users.create', input), 'conflict')
      assert.match(message, /^The id "felix" was that of the deleted user "felix", and a sub is never given/)
    }
    assert.equal((await client.call('users.create', { ...felix, id: 'felix-2' })).username, 'felix')
  }),

  rule('operations on a user who is not there say so', async ({ client }) => {
    const id = 'nobody'
    for (const name of [
      'users.get',
      'users.delete',
      'users.secondFactor',
      'users.enrolSecondFactor',
      'users.resetSecondFactor',
      'users.unlockSecondFactor',
    ] as const) {
      assert.match((await refusal(client.call(name, { id }), 'not_found')).message, /nobody/, name)
    }
    await refusal(client.call('users.update', { id, changes: { name: 'x' } }), 'not_found')
    await refusal(client.call('users.confirmSecondFactor', { id, code: '123456' }), 'not_found')
  }),

  rule('a second factor is off, then pending, then on, and can be reset', async ({ client }) => {
    const id = (await client.call('users.create', { username: 'flora', password: 'x' })).id
    const off = await client.call('users.secondFactor', { id })
    assert.deepEqual([off.state, off.secret, off.qr, off.code], ['off', null, null, null])
    const pending = await client.call('users.enrolSecondFactor', { id })
    assert.equal(pending.state, 'pending')
    assert.match(pending.secret ?? '', /^[A-Z2-7]{32}$/)
    const uri = new URL(pending.provisioningUri ?? '')
    assert.equal(uri.searchParams.get('secret'), pending.secret)
    assert.equal(uri.searchParams.get('issuer'), 'Grantscope')
    assert.match(pending.qr ?? '', /^data:image\/png;base64,iVBOR/)
    const on = await client.call('users.confirmSecondFactor', { id, code: pending.code ?? '' })
    assert.equal(on.state, 'on')
    assert.equal((await client.call('users.get', { id })).secondFactor, 'on')
    await refusal(client.call('users.enrolSecondFactor', { id }), 'conflict')
    await refusal(client.call('users.confirmSecondFactor', { id, code: pending.code ?? '' }), 'conflict')
    assert.equal((await client.call('users.resetSecondFactor', { id })).state, 'off')
    await refusal(client.call('users.confirmSecondFactor', { id, code: '123456' }), 'conflict')
  }),

  rule('users.secondFactor gives the code of this moment and when it ends', async ({ client }) => {
    await client.call('clock.set', { frozen: true })
    const { now } = await client.call('clock.get', {})
    const { state, code, codeEndsAt } = await client.call('users.secondFactor', { id: 'carol' })
    assert.equal(state, 'on')
    assert.match(code ?? '', /^\d{6}$/)
    assert.equal(codeEndsAt, (Math.floor(now / 30_000) + 1) * 30_000)
  }),

  rule('five wrong codes lock a second factor until it is unlocked', async ({ client }) => {
    const id = (await client.call('users.create', { username: 'fergus', password: 'x' })).id
    await client.call('clock.set', { frozen: true })
    const { code } = await client.call('users.enrolSecondFactor', { id })
    const attempt = (tried: string) => client.call('users.confirmSecondFactor', { id, code: tried })
    for (let failures = 1; failures <= 5; failures++) {
      await refusal(attempt(wrongCode(code)), 'refused')
      assert.equal((await client.call('users.secondFactor', { id })).failures, failures)
    }
    const locked = await refusal(attempt(code ?? ''), 'refused')
    assert.match(locked.message, /locked/)
    const { now } = await client.call('clock.get', {})
    assert.equal((await client.call('users.get', { id })).secondFactorLockedUntil, now + 60_000)
    const unlocked = await client.call('users.unlockSecondFactor', { id })
    assert.deepEqual([unlocked.failures, unlocked.lockedUntil], [0, null])
    assert.equal((await attempt(code ?? '')).state, 'on')
  }),

  rule('a code that is not six digits is invalid input and counts for nothing', async ({ client }) => {
    const id = (await client.call('users.create', { username: 'freda', password: 'x' })).id
    await client.call('users.enrolSecondFactor', { id })
    const attempt = client.call('users.confirmSecondFactor', { id, code: '12345a' })
    assert.deepEqual(await wrongPaths(attempt), ['code'])
    assert.equal((await client.call('users.secondFactor', { id })).failures, 0)
  }),
]
