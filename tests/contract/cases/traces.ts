import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const login = (bench: Bench, password: string) =>
  bench.send('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', username: 'alice', password }).toString(),
  })

export const traceCases = [
  rule('exchanges.list gives what went through the issuer, newest first', async (bench) => {
    const { client } = bench
    assert.deepEqual(await client.call('exchanges.list', {}), { total: 0, rows: [] })
    await login(bench, 'wonderland')
    await login(bench, 'wrong')
    const { total, rows } = await client.call('exchanges.list', {})
    assert.equal(total, 2)
    const seen = rows.map(({ status, error, target, method }) => [status, error, target, method])
    assert.deepEqual(seen, [
      [400, 'invalid_grant', '/token', 'POST'],
      [200, null, '/token', 'POST'],
    ])
    assert.ok(rows[0]!.failedChecks > 0)
  }),

  rule('exchanges.list filters, searches and pages', async (bench) => {
    const { client } = bench
    await login(bench, 'wonderland')
    await login(bench, 'wrong')
    await bench.send('/jwks')
    const ids = async (input: object) =>
      (await client.call('exchanges.list', input)).rows.map(({ target, status }) => `${target} ${status}`)
    assert.deepEqual(await ids({ outcome: 'refused' }), ['/token 400'])
    assert.deepEqual(await ids({ outcome: 'ok' }), ['/jwks 200', '/token 200'])
    assert.deepEqual(await ids({ endpoint: 'token' }), ['/token 400', '/token 200'])
    assert.deepEqual(await ids({ search: 'invalid_grant' }), ['/token 400'])
    assert.deepEqual(await ids({ search: '"error":"invalid_grant"' }), ['/token 400'])
    const first = await client.call('exchanges.list', { limit: 1 })
    const second = await client.call('exchanges.list', { limit: 1, before: first.rows[0]!.id })
    assert.deepEqual([second.total, second.rows[0]!.status], [3, 400])
    assert.deepEqual(await wrongPaths(client.call('exchanges.list', { limit: 0 })), ['limit'])
  }),

  rule('exchanges.get gives the raw exchange with its verdicts', async (bench) => {
    await login(bench, 'wrong')
    const { rows } = await bench.client.call('exchanges.list', {})
    const exchange = await bench.client.call('exchanges.get', { id: rows[0]!.id })
    assert.match(exchange.request.body, /username=alice/)
    assert.match(exchange.response.body, /invalid_grant/)
    assert.ok(exchange.verdicts.some(({ outcome }) => outcome === 'failed'))
    assert.ok(exchange.verdicts.every(({ spec }) => spec !== ''))
    await refusal(bench.client.call('exchanges.get', { id: 987_654_321 }), 'not_found')
  }),

  rule('traces tie together what belongs together', async (bench) => {
    const { client } = bench
    const { access_token: token } = (await (await login(bench, 'wonderland')).json()) as {
      access_token: string
    }
    await bench.send('/me', { headers: { authorization: `Bearer ${token}` } })
    await bench.send('/jwks')
    const traces = await client.call('traces.list', {})
    assert.deepEqual(
      traces.map(({ exchangeCount }) => exchangeCount),
      [1, 2],
    )
    const trace = await client.call('traces.get', { id: traces[1]!.id })
    assert.deepEqual(
      trace.exchanges.map(({ target }) => target),
      ['/token', '/me'],
    )
    assert.deepEqual([trace.userId, trace.clientId], ['alice', 'demo-spa'])
    const listed = await client.call('exchanges.list', { traceId: trace.id })
    assert.equal(listed.total, 2)
    await refusal(client.call('traces.get', { id: 'unknown' }), 'not_found')
  }),

  rule('traces.clear forgets every exchange', async (bench) => {
    const { client } = bench
    await login(bench, 'wonderland')
    assert.deepEqual(await client.call('traces.clear', {}), {})
    assert.equal((await client.call('exchanges.list', {})).total, 0)
    assert.deepEqual(await client.call('traces.list', {}), [])
    await login(bench, 'wonderland')
    assert.equal((await client.call('exchanges.list', {})).total, 1)
  }),
]
