import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const activeOf = async ({ client }: Bench) =>
  (await client.call('keys.list', {})).find(
    ({ use, active, issuer }) => use === 'access' && active && issuer === 'default',
  )!
const generate = ({ client }: Bench, activate = false) =>
  client.call('keys.generate', { alg: 'ES256', activate })
const kidsIn = async ({ client }: Bench) =>
  (await client.call('keys.jwks', {})).jwks.keys.map(({ kid }) => kid)
/** Leaves the workspace as the next case expects it. */
const withKey = (run: (bench: Bench, kid: string) => Promise<void>) => async (bench: Bench) => {
  const { kid } = await generate(bench)
  await run(bench, kid)
  await bench.client.call('settings.update', { signingAlg: 'RS256' })
  await bench.client.call('keys.delete', { kid })
}
const issue = async ({ client }: Bench) => {
  const { access_token } = await client.call('tokens.issue', { clientId: 'demo-service' })
  const { row } = await client.call('tokens.inspect', { input: access_token })
  return { token: access_token, jti: row!.jti }
}

export const keyCases = [
  rule(
    'a generated key waits in the JWKS until it is activated, and the issuer then signs with it',
    withKey(async (bench, kid) => {
      const { client } = bench
      const before = await activeOf(bench)
      const key = await client.call('keys.get', { kid })
      assert.deepEqual([key.state, key.alg, key.issuer, key.use], ['published', 'ES256', 'default', 'access'])
      const der = { format: 'jwk', key: key.publicJwk! } as const
      const spki = createPublicKey(der).export({ type: 'spki', format: 'pem' })
      assert.equal(key.pem, spki.toString())
      assert.deepEqual((await kidsIn(bench)).slice(-1), [kid])
      assert.equal((await client.call('keys.activate', { kid })).state, 'active')
      assert.equal((await client.call('settings.get', {})).signingAlg, 'ES256')
      assert.equal((await client.call('keys.get', { kid: before.kid })).state, 'published')
      assert.equal((await client.call('keys.activate', { kid: before.kid })).state, 'active')
      assert.equal((await client.call('settings.get', {})).signingAlg, 'RS256')
      await refusal(client.call('keys.get', { kid: 'unknown' }), 'not_found')
      await refusal(client.call('keys.activate', { kid: 'unknown' }), 'not_found')
    }),
  ),

  rule(
    'a retired key is out of the JWKS, and keys.publish puts it back',
    withKey(async (bench, kid) => {
      const { client } = bench
      assert.equal((await client.call('keys.retire', { kid })).state, 'retired')
      assert.ok(!(await kidsIn(bench)).includes(kid))
      assert.equal((await client.call('keys.publish', { kid })).state, 'published')
      assert.ok((await kidsIn(bench)).includes(kid))
      for (const name of ['keys.retire', 'keys.publish'] as const)
        await refusal(client.call(name, { kid: 'unknown' }), 'not_found')
    }),
  ),

  rule(
    'a revoked key takes its tokens along, and keys.restore brings them back',
    withKey(async (bench, kid) => {
      const { client } = bench
      const { kid: former } = await activeOf(bench)
      await client.call('keys.activate', { kid })
      const [first, lost] = [await issue(bench), await issue(bench)]
      await client.call('tokens.revoke', { jtis: [lost.jti], reason: 'lost' })
      await client.call('keys.activate', { kid: former })
      await client.call('keys.retire', { kid })
      assert.equal((await client.call('keys.revoke', { kid })).state, 'revoked')
      const verdict = await client.call('tokens.inspect', { input: first.token })
      assert.deepEqual([verdict.verdict, verdict.signature], ['revoked', 'unknown_key'])
      assert.match(verdict.reason, /key .* is revoked/)
      for (const name of ['keys.activate', 'keys.publish', 'keys.retire'] as const)
        await refusal(client.call(name, { kid }), 'refused')
      assert.equal((await client.call('keys.restore', { kid })).state, 'retired')
      assert.equal((await client.call('tokens.inspect', { input: first.token })).verdict, 'valid')
      assert.equal((await client.call('tokens.inspect', { input: lost.token })).verdict, 'revoked')
      await refusal(client.call('keys.restore', { kid }), 'refused')
      await refusal(client.call('keys.revoke', { kid: 'unknown' }), 'not_found')
      const usage = (await client.call('keys.usage', {})).find((one) => one.kid === kid)
      assert.deepEqual(usage, { kid, live: 1, all: 2 })
      const refused = await refusal(client.call('keys.delete', { kid }), 'refused')
      assert.ok(refused.message.includes(first.jti) && !refused.message.includes(lost.jti))
      await client.call('tokens.revoke', { jtis: [first.jti] })
    }),
  ),

  rule('the key that signs cannot be taken away', async (bench) => {
    const { kid } = await activeOf(bench)
    for (const name of ['keys.retire', 'keys.revoke', 'keys.publish', 'keys.delete'] as const) {
      const { message } = await refusal(bench.client.call(name, { kid }), 'refused')
      assert.match(message, /Activate another one first/)
    }
    await refusal(bench.client.call('keys.delete', { kid: 'unknown' }), 'not_found')
  }),

  rule('keys.generate names what is wrong', async ({ client }) => {
    await refusal(client.call('keys.generate', { alg: 'ES256', issuer: 'nobody' }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('keys.generate', { alg: 'none' as never })), ['alg'])
    const refresh = client.call('keys.generate', { alg: 'ES256', use: 'refresh' })
    assert.deepEqual(await wrongPaths(refresh), ['alg'])
    await refusal(client.call('keys.jwks', { issuer: 'nobody' }), 'not_found')
  }),

  rule('keys.import takes JWK and PEM, keeps the private part, and refuses what is weak', async (bench) => {
    const { client } = bench
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = pair.privateKey.export({ format: 'jwk' })
    const text = JSON.stringify({ ...jwk, kid: 'mine' })
    const imported = await client.call('keys.import', { text })
    assert.deepEqual([imported.kid, imported.alg, imported.state], ['mine', 'ES256', 'published'])
    const { d: _, ...shown } = jwk
    assert.deepEqual(imported.publicJwk, { ...shown, kid: 'mine', alg: 'ES256', use: 'sig' })
    await refusal(client.call('keys.import', { text }), 'conflict')
    await client.call('keys.delete', { kid: 'mine' })

    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const again = await client.call('keys.import', { text: pem })
    assert.equal(again.publicJwk?.x, jwk.x)
    await client.call('keys.delete', { kid: again.kid })

    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const wrong = [
      pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      JSON.stringify({ ...jwk, x: other.x, y: other.y }),
      JSON.stringify({ kty: 'oct', k: Buffer.alloc(16, 1).toString('base64url') }),
      generateKeyPairSync('ec', { namedCurve: 'P-384' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      generateKeyPairSync('rsa', { modulusLength: 1024 })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      'a key',
    ]
    for (const bad of wrong)
      assert.deepEqual(await wrongPaths(client.call('keys.import', { text: bad })), ['text'])
    assert.deepEqual(await wrongPaths(client.call('keys.import', { text, alg: 'RS256' })), ['alg'])
  }),
]
