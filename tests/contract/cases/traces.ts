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

  rule('exchanges.list narrows to a client, a user, and pinned traces', async (bench) => {
    const { client } = bench
    await login(bench, 'wonderland')
    await bench.send('/jwks')
    const [alone, mine] = await client.call('traces.list', {})
    const targets = async (input: object) =>
      (await client.call('exchanges.list', input)).rows.map(({ target }) => target)
    assert.deepEqual(await targets({ clientId: 'demo-spa' }), ['/token'])
    assert.deepEqual(await targets({ userId: 'alice' }), ['/token'])
    assert.deepEqual(await targets({ clientId: 'demo-web' }), [])
    assert.deepEqual(await targets({ pinned: true }), [])
    await client.call('traces.update', { id: alone!.id, changes: { pinned: true } })
    assert.deepEqual(await targets({ pinned: true }), ['/jwks'])
    assert.equal(mine!.pinned, false)
  }),

  rule(
    'traces.get gives what the rules over whole traces found, and traces.list the worst of it',
    async (bench) => {
      const { client } = bench
      await bench.send('/items?access_token=abc')
      const [summary] = await client.call('traces.list', {})
      assert.deepEqual([summary!.problems, summary!.worst], [1, 'error'])
      const { findings, exchanges } = await client.call('traces.get', { id: summary!.id })
      assert.deepEqual(
        findings.map(({ rule: id, exchanges: seen }) => [id, seen]),
        [['token-in-url', [exchanges[0]!.id]]],
      )
      await login(bench, 'wonderland')
      const [sound] = await client.call('traces.list', {})
      assert.deepEqual([sound!.problems, sound!.worst], [0, null])
    },
  ),

  rule('traces.update names and pins; what it leaves out stays', async (bench) => {
    const { client } = bench
    await login(bench, 'wonderland')
    const [{ id } = { id: '' }] = await client.call('traces.list', {})
    const named = await client.call('traces.update', { id, changes: { name: ' The first login ' } })
    assert.deepEqual([named.name, named.pinned], ['The first login', false])
    await client.call('traces.update', { id, changes: { pinned: true } })
    const [kept] = await client.call('traces.list', {})
    assert.deepEqual([kept!.name, kept!.pinned], ['The first login', true])
    assert.equal((await client.call('traces.update', { id, changes: { name: null } })).name, null)
    assert.deepEqual(await wrongPaths(client.call('traces.update', { id, changes: { name: '' } })), [
      'changes.name',
    ])
    await refusal(client.call('traces.update', { id: 'unknown', changes: {} }), 'not_found')
  }),

  rule('pinned traces stay when others are pruned or cleared, and go when asked for', async (bench) => {
    const { client } = bench
    for (let sent = 0; sent < 4; sent++) await login(bench, 'wonderland')
    const [newest, , , oldest] = await client.call('traces.list', {})
    await client.call('traces.update', { id: oldest!.id, changes: { pinned: true } })
    assert.deepEqual(await client.call('traces.prune', { keep: 1 }), { deleted: 2 })
    const ids = async () => (await client.call('traces.list', {})).map(({ id }) => id)
    assert.deepEqual(await ids(), [newest!.id, oldest!.id])
    assert.equal((await client.call('exchanges.list', {})).total, 2)
    await client.call('traces.clear', { pinned: false })
    assert.deepEqual(await ids(), [oldest!.id])
    await client.call('traces.delete', { ids: [oldest!.id] })
    assert.deepEqual(await ids(), [])
    await refusal(client.call('traces.delete', { ids: [oldest!.id] }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('traces.delete', { ids: [] })), ['ids'])
  }),

  rule('exchanges.replay sends a request again, changed, in the trace of the first', async (bench) => {
    const { client } = bench
    await login(bench, 'wrong')
    const { rows } = await client.call('exchanges.list', {})
    const { id, traceId } = rows[0]!
    const same = await client.call('exchanges.replay', { id })
    assert.deepEqual(
      [same.status, same.error, same.replayOf, same.traceId],
      [400, 'invalid_grant', id, traceId],
    )
    const body = 'grant_type=password&username=alice&password=wonderland'
    const right = await client.call('exchanges.replay', { id, body })
    assert.deepEqual([right.status, right.request.body, right.replayOf], [200, body, id])
    const other = await client.call('exchanges.replay', {
      id,
      method: 'GET',
      target: '/jwks?x=1',
      headers: [['x-a', 'b']],
    })
    assert.deepEqual([other.status, other.target, other.request.headers], [200, '/jwks?x=1', [['x-a', 'b']]])
    assert.equal((await client.call('exchanges.list', { traceId })).total, 4)
  }),

  rule(
    'exchanges.replay reaches this issuer and nothing else, and refuses what HTTP has no place for',
    async (bench) => {
      const { client } = bench
      await login(bench, 'wrong')
      const { rows } = await client.call('exchanges.list', {})
      const { id } = rows[0]!
      const wrong = (input: object) => wrongPaths(client.call('exchanges.replay', { id, ...input }))
      assert.deepEqual(await wrong({ target: 'http://example.test/' }), ['target'])
      assert.deepEqual(await wrong({ target: '//example.test/' }), ['target'])
      assert.deepEqual(await wrong({ method: 'CONNECT' }), ['method'])
      assert.deepEqual(await wrong({ headers: [['a b', 'c']] }), ['headers.0.0'])
      assert.deepEqual(await wrong({ headers: [['a', 'c\r\nd: e']] }), ['headers.0.1'])
      assert.deepEqual(await wrong({ method: 'GET', body: 'x' }), ['body'])
      const host = await client.call('exchanges.replay', { id, target: '/\\example.test/' })
      const original = await client.call('exchanges.get', { id })
      assert.equal(new URL(host.url).origin, new URL(original.url).origin)
      assert.equal(host.status, 404)
      await refusal(client.call('exchanges.replay', { id: 987_654_321 }), 'not_found')
    },
  ),

  rule('traces.export writes HAR 1.2 and Markdown, without secrets unless asked for', async (bench) => {
    const { client } = bench
    await login(bench, 'wonderland')
    const [{ id } = { id: '' }] = await client.call('traces.list', {})
    const har = await client.call('traces.export', { ids: [id], format: 'har' })
    const { log } = JSON.parse(har.text)
    assert.deepEqual([log.version, log.pages[0].id, log.entries.length], ['1.2', id, 1])
    assert.equal(log.entries[0].request.postData.text, 'grant_type=password&username=alice&password=REDACTED')
    assert.equal(har.fileName, `trace-${id}.har`)
    const whole = await client.call('traces.export', { format: 'har', includeSecrets: true })
    assert.match(whole.text, /password=wonderland/)
    const text = await client.call('traces.export', { ids: [id], format: 'markdown' })
    assert.match(text.text, /```mermaid[\s\S]+POST \/token/)
    assert.doesNotMatch(text.text, /wonderland|eyJ/)
    await refusal(client.call('traces.export', { ids: ['unknown'], format: 'har' }), 'not_found')
  }),

  rule('traces.import keeps a HAR as traces, marked, and traces.previewImport only looks', async (bench) => {
    const { client } = bench
    const seen = await client.call('traces.previewImport', { har: aHar() })
    assert.deepEqual(
      [seen.exchanges, seen.leftOut, seen.traces.map(({ clientId, hosts }) => [clientId, hosts])],
      [2, { assets: 1, other: 1 }, [['shop', ['id.example.test', 'api.example.test']]]],
    )
    assert.deepEqual(await client.call('traces.list', {}), [])
    const { traces } = await client.call('traces.import', { har: aHar(), name: 'monday.har' })
    assert.deepEqual(
      traces.map(({ imported, name, clientId, exchangeCount, worst }) => [
        imported,
        name,
        clientId,
        exchangeCount,
        worst,
      ]),
      [['monday.har', null, 'shop', 2, 'error']],
    )
    const [{ id }] = traces as [(typeof traces)[0]]
    const { exchanges, findings } = await client.call('traces.get', { id })
    assert.deepEqual(
      exchanges.map(({ endpoint, between }) => [endpoint, between]),
      [
        ['token', { from: 'app', to: 'issuer' }],
        [null, { from: 'app', to: 'api' }],
      ],
    )
    assert.deepEqual(
      findings.map(({ rule: found }) => found),
      ['token-in-url'],
    )
    await login(bench, 'wonderland')
    const [recorded, imported] = await client.call('traces.list', {})
    assert.deepEqual([recorded!.imported, imported!.imported], [null, 'monday.har'])
  }),

  rule(
    'an imported trace is named, pinned, exported and deleted like any other, and never sent',
    async (bench) => {
      const { client } = bench
      const { traces } = await client.call('traces.import', { har: aHar() })
      const ids = traces.map(({ id }) => id)
      const id = ids[0]!
      await client.call('traces.update', { id, changes: { name: 'Theirs', pinned: true } })
      const { text } = await client.call('traces.export', { ids, format: 'har', includeSecrets: true })
      await client.call('traces.clear', { pinned: false })
      const { exchanges } = await client.call('traces.get', { id })
      const again = await client.call('traces.import', { har: JSON.parse(text), name: 'again.har' })
      assert.deepEqual(
        again.traces.map(({ name, imported }) => [name, imported]),
        [['Theirs', 'again.har']],
      )
      const second = await client.call('traces.get', { id: again.traces[0]!.id })
      const plain = (all: typeof exchanges) => all.map((exchange) => ({ ...exchange, id: 0, traceId: '' }))
      assert.deepEqual(plain(second.exchanges), plain(exchanges))
      await refusal(client.call('exchanges.replay', { id: exchanges[0]!.id }), 'refused')
      await client.call('traces.delete', { ids })
      await refusal(client.call('traces.get', { id }), 'not_found')
    },
  ),

  rule('traces.import says which entry is wrong in what, and keeps nothing of it', async (bench) => {
    const { client } = bench
    const har = aHar()
    har.log.entries[1]!.request.url = '/orders'
    assert.deepEqual(await wrongPaths(client.call('traces.import', { har })), [
      'har.log.entries.1.request.url',
    ])
    assert.deepEqual(await wrongPaths(client.call('traces.import', { har: {} as never })), ['har.log'])
    assert.deepEqual(await wrongPaths(client.call('traces.previewImport', { har, name: '' })), [
      'har.log.entries.1.request.url',
      'name',
    ])
    const none = { log: { entries: [] } }
    await refusal(client.call('traces.import', { har: none }), 'refused')
    assert.deepEqual(await client.call('traces.list', {}), [])
  }),
]

/** A token for the API, which gets it in the query; a picture of another host, and one that was never sent for. */
function aHar() {
  const entry = (method: string, url: string, mimeType: string, text: string, form?: string) => ({
    startedDateTime: '2026-01-01T10:00:00.000Z',
    time: 12.5,
    request: {
      method,
      url,
      headers: [],
      ...(form ? { postData: { mimeType: 'application/x-www-form-urlencoded', text: form } } : {}),
    },
    response: { status: 200, headers: [], content: { mimeType, text } },
  })
  return {
    log: {
      entries: [
        entry(
          'POST',
          'https://id.example.test/token',
          'application/json',
          '{"access_token":"of-the-shop"}',
          'grant_type=client_credentials&client_id=shop',
        ),
        entry('GET', 'https://api.example.test/orders?access_token=of-the-shop', 'application/json', '[]'),
        entry('GET', 'https://cdn.example.test/logo.png', 'image/png', ''),
        entry('GET', 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', 'image/gif', ''),
      ],
    },
  }
}
