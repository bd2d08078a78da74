import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

/** Issues to a client of its own, so that nothing else is in the lists. */
async function issue({ client }: Bench, scopes: string[] = ['read']) {
  const grantTypes = ['password' as const, 'refresh_token' as const]
  await client.call('clients.create', { id: 'ledger', grantTypes }).catch(() => {})
  const response = await client.call('tokens.issue', { clientId: 'ledger', userId: 'alice', scopes })
  const { rows } = await client.call('tokens.list', { filter: { clientId: 'ledger' } })
  return { response, rows, access: rows.find(({ kind }) => kind === 'access')! }
}

export const tokenCases = [
  rule('tokens.issue gives tokens that the ledger lists', async (bench) => {
    const { response, rows, access } = await issue(bench)
    assert.equal(response.token_type, 'Bearer')
    assert.equal(response.scope, 'read')
    assert.deepEqual([access.state, access.userId, access.username], ['active', 'alice', 'alice'])
    assert.deepEqual(access.scopes, ['read'])
    assert.ok(rows.every(({ grantId }) => grantId === access.grantId))
    const me = await bench.send('/me', { headers: { authorization: `Bearer ${response.access_token}` } })
    assert.equal(me.status, 200)
  }),

  rule('tokens.issue refuses who or what is not there', async ({ client }) => {
    await refusal(client.call('tokens.issue', { clientId: 'nothing' }), 'not_found')
    await refusal(client.call('tokens.issue', { clientId: 'demo-spa', userId: 'nobody' }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('tokens.issue', { scopes: ['a b'] })), ['scopes.0'])
  }),

  rule(
    'tokens.issue takes claims for its tokens, but none that only the protocol sets',
    async ({ client }) => {
      const asked = { clientId: 'demo-service', claims: { roles: ['admin'] } }
      const { access_token } = await client.call('tokens.issue', asked)
      const { claims } = await client.call('tokens.inspect', { input: access_token })
      assert.deepEqual(claims?.roles, ['admin'])
      const forged = client.call('tokens.issue', { clientId: 'demo-service', claims: { iss: 'x', team: 1 } })
      assert.deepEqual(await wrongPaths(forged), ['claims.iss'])
    },
  ),

  rule('tokens.preview shows claims with their layer, and refuses what is not there', async ({ client }) => {
    const input = { clientId: 'demo-spa', userId: 'alice', scopes: ['openid', 'email'] }
    const { total } = await client.call('tokens.list', {})
    const preview = await client.call('tokens.preview', {
      ...input,
      claims: { id_token: { email: null } },
    })
    const { accessToken, idToken, userinfo } = preview
    assert.equal(preview.refusal, null)
    const layerOf = (part: typeof idToken, wanted: string) =>
      part?.claims.find(({ name }) => name === wanted)?.layer
    assert.deepEqual([layerOf(accessToken, 'sub'), layerOf(idToken, 'email')], ['protocol', 'user'])
    assert.equal(layerOf(userinfo, 'email_verified'), 'user')
    assert.equal((await client.call('tokens.list', {})).total, total)
    await refusal(client.call('tokens.preview', { clientId: 'nothing' }), 'not_found')
    await refusal(client.call('tokens.preview', { ...input, userId: 'nobody' }), 'not_found')
    const odd = client.call('tokens.preview', { ...input, claims: { userinfo: [] } })
    assert.deepEqual(await wrongPaths(odd), ['claims'])
  }),

  rule('tokens.list filters, searches and pages', async (bench) => {
    const { client } = bench
    await issue(bench)
    const { rows } = await issue(bench, ['write'])
    const list = (filter: object, page: object = {}) =>
      client.call('tokens.list', { filter: { clientId: 'ledger', ...filter }, ...page })
    assert.equal((await list({})).total, rows.length)
    assert.ok((await list({ kind: 'access' })).rows.every(({ kind }) => kind === 'access'))
    assert.ok((await list({ search: 'WRITE' })).rows.every(({ scopes }) => scopes.includes('write')))
    assert.equal((await list({ search: '%' })).total, 0)
    const paged = await list({}, { offset: 1, limit: 1 })
    assert.deepEqual(paged, { total: rows.length, rows: [rows[1]] })
    assert.deepEqual(await wrongPaths(list({}, { limit: 1001 })), ['limit'])
  }),

  rule('tokens.get shows header, claims and the whole family', async (bench) => {
    const { access, rows } = await issue(bench)
    const detail = await bench.client.call('tokens.get', { jti: access.jti })
    assert.equal(detail.claims.jti, access.jti)
    assert.equal(detail.claims.sub, 'alice')
    assert.equal(typeof detail.header.kid, 'string')
    assert.deepEqual(
      detail.family.map(({ jti }) => jti),
      rows.map(({ jti }) => jti).reverse(),
    )
    await refusal(bench.client.call('tokens.get', { jti: 'unknown' }), 'not_found')
  }),

  rule('revoking is seen at once, and can be undone', async (bench) => {
    const { client } = bench
    const { access, response } = await issue(bench)
    const me = () => bench.send('/me', { headers: { authorization: `Bearer ${response.access_token}` } })
    const jtis = [access.jti]
    assert.deepEqual(await client.call('tokens.revoke', { jtis, reason: 'lost phone' }), { jtis })
    const revoked = await client.call('tokens.get', { jti: access.jti })
    assert.deepEqual([revoked.state, revoked.revokedReason], ['revoked', 'lost phone'])
    assert.equal((await me()).status, 401)
    assert.deepEqual(await client.call('tokens.revoke', { jtis }), { jtis: [] })
    assert.deepEqual(await client.call('tokens.restore', { jtis }), { jtis })
    assert.equal((await me()).status, 200)
    assert.deepEqual(await client.call('tokens.restore', { jtis }), { jtis: [] })
  }),

  rule('tokens.expire ends tokens at the issuer and leaves their exp', async (bench) => {
    const { client } = bench
    const { access } = await issue(bench)
    const jtis = [access.jti]
    assert.deepEqual(await client.call('tokens.expire', { jtis }), { jtis, bound: 0 })
    const expired = await client.call('tokens.get', { jti: access.jti })
    assert.equal(expired.state, 'expired')
    assert.equal(Number(expired.claims.exp) * 1000, access.expiresAt)
    await client.call('tokens.restore', { jtis })
    const restored = await client.call('tokens.get', { jti: access.jti })
    assert.deepEqual([restored.state, restored.expiresAt], ['active', access.expiresAt])
  }),

  rule('tokens.expire ends tokens in so many seconds, a JWT never after its exp', async (bench) => {
    const { client } = bench
    const { access, rows } = await issue(bench)
    const refresh = rows.find(({ kind }) => kind === 'refresh')!
    const { now } = await client.call('clock.set', { frozen: true })
    const expire = (jtis: string[], seconds: number) => client.call('tokens.expire', { jtis, seconds })
    assert.deepEqual(await expire([access.jti], 30), { jtis: [access.jti], bound: 0 })
    assert.equal((await client.call('tokens.get', { jti: access.jti })).expiresAt, now + 30_000)
    const beyond = await refusal(expire([access.jti], 86_400), 'refused')
    assert.match(beyond.message, /signed into this JWT/)
    const month = 30 * 86_400
    assert.deepEqual(await expire([access.jti, refresh.jti], month), { jtis: [refresh.jti], bound: 1 })
    assert.equal((await client.call('tokens.get', { jti: refresh.jti })).expiresAt, now + month * 1000)
    await client.call('tokens.restore', { jtis: [access.jti, refresh.jti] })
    const restored = await client.call('tokens.list', { filter: { clientId: 'ledger' } })
    assert.deepEqual(restored.rows, rows)
  }),

  rule('commands reach all that match a filter, and can be undone', async (bench) => {
    const { client } = bench
    await issue(bench)
    const { rows } = await issue(bench, ['write'])
    const filter = { clientId: 'ledger' }
    const ids = rows.map(({ jti }) => jti)
    assert.deepEqual((await client.call('tokens.revoke', { filter })).jtis, ids)
    const denied = await client.call('tokens.list', {
      filter: { ...filter, state: 'revoked', unexpired: true },
    })
    assert.deepEqual(
      denied.rows.map(({ jti, revokedBy }) => [jti, revokedBy]),
      ids.map((jti) => [jti, 'workbench']),
    )
    assert.deepEqual((await client.call('tokens.restore', { jtis: ids })).jtis, ids)
    assert.deepEqual((await client.call('tokens.expire', { filter })).jtis, ids)
    assert.deepEqual((await client.call('tokens.restore', { filter })).jtis, ids)
    assert.deepEqual((await client.call('tokens.list', { filter })).rows, rows)
    for (const name of ['tokens.revoke', 'tokens.expire', 'tokens.restore'] as const) {
      assert.deepEqual(await wrongPaths(client.call(name, {})), ['jtis'])
      assert.deepEqual(await wrongPaths(client.call(name, { jtis: ids, filter })), ['jtis'])
    }
  }),

  rule('tokens.changeScopes changes all that can be changed, and counts the others', async (bench) => {
    const { client } = bench
    const jwt = await issue(bench)
    await client.call('clients.update', { id: 'ledger', changes: { accessTokenFormat: 'opaque' } })
    const opaque = await issue(bench, ['read', 'write'])
    const filter = { clientId: 'ledger' }
    const [refresh] = jwt.rows.filter(({ kind }) => kind === 'refresh')
    await client.call('tokens.revoke', { jtis: [refresh!.jti] })
    const change = (how: 'add' | 'remove' | 'set', scopes: string[]) =>
      client.call('tokens.changeScopes', { filter, how, scopes })
    const items = async () => {
      const authorization = `Bearer ${opaque.response.access_token}`
      return (await bench.send('/items', { headers: { authorization } })).status
    }
    const live = opaque.rows.filter(({ scopes }) => scopes.includes('write')).map(({ jti }) => jti)

    const taken = await change('remove', ['read', 'write'])
    assert.deepEqual(taken.jtis, live)
    assert.deepEqual(taken.before, [{ scopes: ['read', 'write'], jtis: live }])
    assert.deepEqual(
      new Map(taken.skipped.map(({ reason, count }) => [reason, count])),
      new Map([
        ['ended', 1],
        ['signed', 1],
      ]),
    )
    assert.equal(await items(), 403)
    for (const { scopes, jtis } of taken.before) {
      await client.call('tokens.changeScopes', { jtis, how: 'set', scopes })
    }
    assert.equal(await items(), 200)

    const same = await change('add', ['read'])
    assert.deepEqual([same.jtis, same.skipped.find(({ reason }) => reason === 'same')?.count], [[], 2])
    await client.call('clients.update', { id: 'ledger', changes: { allowedScopes: ['read', 'write'] } })
    const beyond = await change('add', ['admin'])
    assert.deepEqual(
      [beyond.jtis, beyond.skipped.find(({ reason }) => reason === 'not_allowed')?.count],
      [[], 2],
    )
    assert.deepEqual((await change('set', ['write'])).jtis, live)
    assert.deepEqual((await client.call('tokens.get', { jti: live[0]! })).scopes, ['write'])
    await refusal(change('add', ['nothing']), 'refused')
    await refusal(
      client.call('tokens.changeScopes', { jtis: ['unknown'], how: 'set', scopes: [] }),
      'not_found',
    )
    const both = client.call('tokens.changeScopes', { jtis: live, filter, how: 'set', scopes: [] })
    assert.deepEqual(await wrongPaths(both), ['jtis'])
  }),

  rule('tokens.setScopes changes a live token, where its scope is not signed', async (bench) => {
    const { client } = bench
    const { access, rows, response } = await issue(bench)
    const refresh = rows.find(({ kind }) => kind === 'refresh')!
    const set = (jti: string, scopes: string[]) => client.call('tokens.setScopes', { jti, scopes })
    const signed = await refusal(set(access.jti, ['write']), 'refused')
    assert.match(signed.message, /signed into this JWT/)
    assert.deepEqual(await set(refresh.jti, ['write', 'write']), { before: ['read'], scopes: ['write'] })
    const refreshed = await bench.send('/refresh', {
      method: 'POST',
      body: new URLSearchParams({ refresh_token: response.refresh_token! }),
    })
    assert.equal(((await refreshed.json()) as { scope: string }).scope, 'write')
    await refusal(set(refresh.jti, ['read']), 'refused')
    await refusal(set('unknown', []), 'not_found')

    await client.call('clients.update', { id: 'ledger', changes: { accessTokenFormat: 'opaque' } })
    const opaque = await issue(bench)
    const items = async () => {
      const authorization = `Bearer ${opaque.response.access_token}`
      return (await bench.send('/items', { headers: { authorization } })).status
    }
    assert.equal(await items(), 200)
    await set(opaque.access.jti, [])
    assert.equal(await items(), 403)
    await set(opaque.access.jti, ['read'])
    assert.equal(await items(), 200)
    assert.equal((await client.call('tokens.get', { jti: opaque.access.jti })).claims.scope, 'read')
    await refusal(set(opaque.access.jti, ['nothing']), 'refused')
  }),

  rule('tokens.effects says what would be answered now, and why', async (bench) => {
    const { client } = bench
    const { access } = await issue(bench)
    const places = async () => {
      const { effects } = await client.call('tokens.effects', { jti: access.jti })
      return Object.fromEntries(effects.map(({ request, accepted }) => [request, accepted]))
    }
    const live = { 'POST /introspect': true, 'GET /userinfo': false, 'GET /me': true, 'any route': true }
    assert.deepEqual(await places(), { ...live, 'GET /items': true, 'POST /items': false })
    await client.call('tokens.revoke', { jtis: [access.jti] })
    const revoked = { 'POST /introspect': false, 'GET /userinfo': false, 'GET /me': false, 'any route': true }
    assert.deepEqual(await places(), { ...revoked, 'GET /items': false, 'POST /items': false })
    await refusal(client.call('tokens.effects', { jti: 'unknown' }), 'not_found')
  }),

  rule('tokens.refreshRace sends refreshes at once and says who won', async (bench) => {
    const { client } = bench
    const { access, rows } = await issue(bench)
    const { jti } = rows.find(({ kind }) => kind === 'refresh')!
    const race = await client.call('tokens.refreshRace', { jti, count: 3 })
    assert.deepEqual(race.runs.map(({ won }) => won).sort(), [false, false, true])
    assert.ok(race.asExpected)
    const trace = await client.call('traces.get', { id: race.traceId! })
    assert.equal(trace.exchanges.length, 3)
    await refusal(client.call('tokens.refreshRace', { jti: access.jti }), 'refused')
    await refusal(client.call('tokens.refreshRace', { jti: 'unknown' }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('tokens.refreshRace', { jti, count: 21 })), ['count'])
  }),

  rule('tokens.revokeFamily revokes what of a grant is not revoked yet', async (bench) => {
    const { client } = bench
    const { access, rows } = await issue(bench)
    assert.ok(rows.length > 1)
    await client.call('tokens.revoke', { jtis: [access.jti] })
    const { jtis } = await client.call('tokens.revokeFamily', { grantId: access.grantId })
    assert.deepEqual(jtis.sort(), rows.flatMap(({ jti }) => (jti === access.jti ? [] : [jti])).sort())
    const { family } = await client.call('tokens.get', { jti: access.jti })
    assert.ok(family.every(({ state }) => state === 'revoked'))
    await refusal(client.call('tokens.revokeFamily', { grantId: 'unknown' }), 'not_found')
  }),

  rule('a jti that is not there fails alone, and is passed over among many', async (bench) => {
    const { client } = bench
    const { access } = await issue(bench)
    for (const name of ['tokens.revoke', 'tokens.expire', 'tokens.restore'] as const) {
      await refusal(client.call(name, { jtis: ['unknown'] }), 'not_found')
      assert.deepEqual(await wrongPaths(client.call(name, { jtis: [] })), ['jtis'])
    }
    const many = await client.call('tokens.revoke', { jtis: ['unknown', access.jti, access.jti] })
    assert.deepEqual(many, { jtis: [access.jti] })
  }),

  rule('tokens.inspect says whether a pasted token holds', async (bench) => {
    const { client } = bench
    const { access, response } = await issue(bench)
    const pasted = `Authorization: Bearer ${response.access_token}`
    const valid = await client.call('tokens.inspect', { input: pasted })
    assert.deepEqual([valid.verdict, valid.signature, valid.row?.jti], ['valid', 'valid', access.jti])
    await client.call('tokens.revoke', { jtis: [access.jti] })
    assert.equal((await client.call('tokens.inspect', { input: pasted })).verdict, 'revoked')
    const cut = await client.call('tokens.inspect', { input: response.access_token.slice(0, -40) })
    assert.equal(cut.verdict, 'invalid_signature')
    const odd = client.call('tokens.inspect', { input: 'x', jwksUrl: 'file:///etc/passwd' })
    assert.deepEqual(await wrongPaths(odd), ['jwksUrl'])
  }),
]
