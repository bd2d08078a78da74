import assert from 'node:assert/strict'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const keysOf = async ({ client }: Bench, use: 'access' | 'refresh') =>
  (await client.call('keys.list', {})).filter((key) => key.use === use)

export const settingsCases = [
  rule('settings.update changes what it names and nothing else', async ({ client }) => {
    const before = await client.call('settings.get', {})
    assert.deepEqual(before, {
      ...defaultSettings,
      authorizationDetailsTypes: ['payment_initiation'],
      bcryptCost: 4,
    })
    const changed = await client.call('settings.update', { accessTokenLifetime: 60, profile: 'strict' })
    assert.deepEqual(changed, { ...before, accessTokenLifetime: 60, profile: 'strict' })
    assert.deepEqual(await client.call('settings.get', {}), changed)
  }),

  rule('settings.update names every wrong value', async ({ client }) => {
    const changes = { accessTokenLifetime: 0, bcryptCost: 16, signingAlg: 'none', lifetime: 1 }
    const paths = await wrongPaths(client.call('settings.update', changes as never))
    assert.deepEqual(paths.sort(), ['accessTokenLifetime', 'bcryptCost', 'lifetime', 'signingAlg'])
  }),

  rule('the default client is one that exists, or none', async ({ client }) => {
    const update = (defaultClientId: string) => client.call('settings.update', { defaultClientId })
    assert.deepEqual(await wrongPaths(update('nothing')), ['defaultClientId'])
    assert.equal((await update('demo-web')).defaultClientId, 'demo-web')
    assert.equal((await update('')).defaultClientId, '')
  }),

  rule('a new signing algorithm gets a key, and the old key stays', async (bench) => {
    const before = await keysOf(bench, 'access')
    await bench.client.call('settings.update', { signingAlg: 'ES256' })
    const after = await keysOf(bench, 'access')
    assert.deepEqual(
      after.filter(({ active }) => active).map(({ alg }) => alg),
      ['ES256'],
    )
    assert.ok(before.every(({ kid }) => after.some((key) => key.kid === kid)))
    await bench.client.call('settings.update', { signingAlg: 'RS256' })
    const back = await keysOf(bench, 'access')
    assert.equal(back.length, after.length)
  }),

  rule('keys.list gives public parts only', async (bench) => {
    for (const signingAlg of ['RS256', 'EdDSA', 'HS256'] as const) {
      await bench.client.call('settings.update', { signingAlg })
    }
    const keys = await bench.client.call('keys.list', {})
    assert.ok(keys.length >= 4)
    for (const { alg, publicJwk } of keys) {
      if (alg === 'HS256') assert.equal(publicJwk, null)
      else {
        const parts = Object.keys(publicJwk ?? {})
        assert.ok(parts.length > 0)
        for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'])
          assert.ok(!parts.includes(secret), secret)
      }
    }
  }),

  rule('keys.secret gives the HS256 secret an API needs, and no other key', async (bench) => {
    const secretOf = (kid: string) => bench.client.call('keys.secret', { kid })
    await refusal(secretOf('unknown'), 'not_found')
    await refusal(
      secretOf((await keysOf(bench, 'access')).find(({ alg }) => alg === 'RS256')!.kid),
      'refused',
    )
    for (const { kid } of await keysOf(bench, 'refresh')) await refusal(secretOf(kid), 'refused')
    await bench.client.call('settings.update', { signingAlg: 'HS256' })
    const active = (await keysOf(bench, 'access')).find((key) => key.active)!
    const { secret } = await secretOf(active.kid)
    assert.equal(Buffer.from(secret, 'base64url').length, 32)
  }),
]
