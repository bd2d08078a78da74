import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const secret = { kind: 'secret', secret: 'thirty-two characters of a secret' } as const
const header = '{"alg":"HS256","typ":"JWT"}'
const signed = async ({ client }: Bench, payload = '{"sub":"🦊","iss":"https://lab.test"}') =>
  (await client.call('lab.sign', { header, payload, key: secret })).token

export const labCases = [
  rule('lab.inspect verifies with what it is given, and says what it is given is worth', async (bench) => {
    const { client } = bench
    const token = await signed(bench)
    const right = await client.call('lab.inspect', { token, key: secret })
    assert.deepEqual([right.verdict, right.claims?.sub, right.form], ['valid', '🦊', 'jws'])
    const wrong = await client.call('lab.inspect', { token, key: { ...secret, secret: 'another' } })
    assert.deepEqual([wrong.verdict, wrong.signature], ['invalid_signature', 'invalid'])
    const ours = await client.call('lab.inspect', { token })
    assert.equal(ours.signature, 'invalid')
    const notAKey = client.call('lab.inspect', { token, key: { kind: 'key', text: 'nothing' } })
    assert.deepEqual(await wrongPaths(notAKey), ['key.text'])
    const notHex = client.call('lab.inspect', { token, key: { ...secret, encoding: 'hex' } })
    assert.deepEqual(await wrongPaths(notHex), ['key.secret'])
  }),

  rule("lab.inspect finds our own token in the ledger, with every issuer's keys", async ({ client }) => {
    const { access_token: token } = await client.call('tokens.issue', { userId: 'alice' })
    const seen = await client.call('lab.inspect', { token })
    assert.deepEqual([seen.verdict, seen.row?.userId], ['valid', 'alice'])
    await client.call('tokens.revoke', { jtis: [seen.row!.jti], reason: 'lost phone' })
    const revoked = await client.call('lab.inspect', { token })
    assert.equal(revoked.verdict, 'revoked')
    assert.ok(revoked.reason.includes('lost phone'))
  }),

  rule('lab.sign signs the bytes it is given, with a key that fits', async (bench) => {
    const { client } = bench
    const token = await signed(bench, '{"a":1, "a":2}')
    assert.equal(Buffer.from(token.split('.')[1]!, 'base64url').toString(), '{"a":1, "a":2}')
    const none = await client.call('lab.sign', {
      header: '{"alg":"none"}',
      payload: '{}',
      key: { kind: 'none' },
    })
    assert.equal(none.token, 'eyJhbGciOiJub25lIn0.e30.')
    const misfit = client.call('lab.sign', { header: '{"alg":"ES256"}', payload: '{}', key: secret })
    assert.deepEqual(await wrongPaths(misfit), ['header'])
    const unknown = { kind: 'issuer', kid: 'unknown' } as const
    await refusal(client.call('lab.sign', { header, payload: '{}', key: unknown }), 'not_found')
  }),

  rule("an issuer's key signs for the lab, and stays where it is", async ({ client }) => {
    const key = (await client.call('keys.list', {})).find(({ use, active }) => use === 'access' && active)!
    const { token } = await client.call('lab.sign', {
      header: JSON.stringify({ alg: key.alg, kid: key.kid }),
      payload: '{"sub":"anybody"}',
      key: { kind: 'issuer', kid: key.kid },
    })
    const seen = await client.call('lab.inspect', { token })
    assert.deepEqual([seen.verdict, seen.verifiedWith, seen.row], ['valid', key.kid, null])
  }),

  rule('lab.break breaks in a way of the menu, and refuses any other', async (bench) => {
    const { client } = bench
    const token = await signed(bench)
    const broken = await client.call('lab.break', { token, breakId: 'alg-none' })
    assert.equal((await client.call('lab.inspect', { token: broken.token })).verdict, 'unsigned')
    await refusal(client.call('lab.break', { token, breakId: 'unknown' }), 'not_found')
    await refusal(client.call('lab.break', { token, breakId: 'exp-past' }), 'refused')
    await refusal(client.call('lab.break', { token: 'opaque', breakId: 'alg-none' }), 'refused')
  }),

  rule('lab.generateKey makes keys that sign and verify', async ({ client }) => {
    for (const alg of ['ES256', 'EdDSA', 'HS512'] as const) {
      const made = await client.call('lab.generateKey', { alg })
      const key = { kind: 'key', text: JSON.stringify(made.privateJwk) } as const
      const { token } = await client.call('lab.sign', { header: JSON.stringify({ alg }), payload: '{}', key })
      const half = { kind: 'key', text: made.publicPem ?? JSON.stringify(made.privateJwk) } as const
      assert.equal((await client.call('lab.inspect', { token, key: half })).signature, 'valid', alg)
      assert.ok(!('d' in (made.publicJwk ?? {})) && !('k' in (made.publicJwk ?? {})))
    }
    assert.deepEqual(await wrongPaths(client.call('lab.generateKey', { alg: 'none' as never })), ['alg'])
  }),

  rule('lab.decrypt opens a JWE with its key', async ({ client }) => {
    // RFC 7516 A.3
    const token =
      'eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ'
    const key = { kind: 'key', text: '{"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"}' } as const
    assert.equal((await client.call('lab.decrypt', { token, key })).plaintext, 'Live long and prosper.')
    await refusal(
      client.call('lab.decrypt', { token, key: { ...secret, secret: 'x'.repeat(16) } }),
      'refused',
    )
  }),

  rule(
    'lab.fetchKeys finds the keys behind an issuer, and asks before it leaves this machine',
    async (bench) => {
      const { client } = bench
      const { issuer } = await client.call('status.get', {})
      const found = await client.call('lab.fetchKeys', { url: issuer })
      assert.equal(found.issuer, issuer)
      assert.ok(found.count > 0)
      const { access_token: token } = await client.call('tokens.issue', { userId: 'alice' })
      const seen = await client.call('lab.inspect', { token, key: { kind: 'key', text: found.jwks } })
      assert.equal(seen.signature, 'valid')
      await refusal(client.call('lab.fetchKeys', { url: 'https://login.example.com' }), 'refused')
      await refusal(client.call('lab.fetchKeys', { url: `${issuer}/me` }), 'unreachable')
      const withName = issuer.replace('://', '://ada:pw@')
      assert.deepEqual(await wrongPaths(client.call('lab.fetchKeys', { url: withName })), ['url'])
    },
  ),

  rule('lab.send sends to this machine, and elsewhere only when that was confirmed', async (bench) => {
    const { client } = bench
    const { issuer } = await client.call('status.get', {})
    const { access_token: token } = await client.call('tokens.issue', { userId: 'alice', scopes: ['read'] })
    const answer = await client.call('lab.send', { url: `${issuer}/me`, token })
    assert.equal(answer.status, 200)
    assert.ok(answer.body.includes('alice'))
    assert.equal((await client.call('lab.send', { url: `${issuer}/me`, token: 'x' })).status, 401)
    await refusal(client.call('lab.send', { url: 'https://api.example.com/me', token }), 'refused')
    assert.deepEqual(await wrongPaths(client.call('lab.send', { url: 'file:///etc/passwd', token })), ['url'])
    const withName = issuer.replace('://', '://ada@')
    assert.deepEqual(await wrongPaths(client.call('lab.send', { url: withName, token })), ['url'])
    const calls = await client.call('lab.outbound', { limit: 2 })
    assert.deepEqual(
      calls.map(({ purpose, url, status, loopback }) => [purpose, url, status, loopback]),
      [
        ['send', `${issuer}/me`, 401, true],
        ['send', `${issuer}/me`, 200, true],
      ],
    )
  }),

  rule('the history is searched, recalled and forgotten, and holds no secret', async (bench) => {
    const { client } = bench
    await client.call('lab.forget', {})
    const token = await signed(bench)
    const seen = await client.call('lab.remember', { token })
    assert.deepEqual([seen.iss, seen.sub, seen.alg, seen.form], ['https://lab.test', '🦊', 'HS256', 'jws'])
    const again = await client.call('lab.remember', { token })
    assert.deepEqual(await client.call('lab.history', {}), [again])
    assert.deepEqual(await client.call('lab.history', { search: 'LAB.TEST' }), [again])
    assert.deepEqual(await client.call('lab.history', { search: '%' }), [])
    assert.deepEqual(await client.call('lab.recall', { id: again.id }), { token })
    await refusal(client.call('lab.remember', { token: 'a-password-by-mistake' }), 'refused')
    assert.deepEqual(await client.call('lab.forget', { ids: [again.id, 999_999] }), { count: 1 })
    await refusal(client.call('lab.recall', { id: again.id }), 'not_found')
    assert.deepEqual(await client.call('lab.history', {}), [])
  }),
]
