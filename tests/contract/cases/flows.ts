import assert from 'node:assert/strict'
import type { FlowRun } from '../../../shared/contract/operations/flows.ts'
import { type Bench, eventually, listen, refusal, rule, wrongPaths } from '../subject.ts'

const robot = { by: 'robot', userId: 'alice' } as const
const profile = {
  name: 'Service',
  issuer: { kind: 'built-in', name: 'default' } as const,
  clientId: 'demo-service',
  authMethod: 'client_secret_basic' as const,
  scope: 'read',
}
const secret = 'demo-service-secret'
const elsewhere = { kind: 'discovery', url: 'https://login.example.com' } as const

const login = ({ client }: Bench): Promise<FlowRun> =>
  client.call('flows.start', { kind: 'authorization_code', login: robot })

/** A run that waits for somebody's browser. */
async function waiting({ client }: Bench): Promise<FlowRun> {
  const { id } = await client.call('flows.start', { kind: 'authorization_code' })
  return client.call('flows.run', { id })
}

const problems = ({ steps }: FlowRun): string[] =>
  steps.flatMap(({ attempts }) =>
    attempts.flatMap(({ outcome, summary }) => (outcome === 'passed' ? [] : [summary])),
  )

export const flowCases = [
  rule('flows.kinds and flows.abilities say what can be run here', async ({ client }) => {
    const kinds = await client.call('flows.kinds', {})
    assert.equal(new Set(kinds.map(({ id }) => id)).size, kinds.length)
    const code = kinds.find(({ id }) => id === 'authorization_code')!
    assert.deepEqual(
      code.steps.map(({ id, type }) => [id, type]),
      [
        ['metadata', 'request'],
        ['keys', 'request'],
        ['authorize', 'login'],
        ['token', 'request'],
      ],
    )
    assert.ok((await client.call('flows.abilities', {})).logins.includes('robot'))
    assert.deepEqual(await wrongPaths(client.call('flows.kinds', { of: 'all' } as never)), ['of'])
    assert.deepEqual(await wrongPaths(client.call('flows.abilities', { of: 'all' } as never)), ['of'])
  }),

  rule('a profile keeps its secrets to itself until it is asked for them', async ({ client }) => {
    const saved = await client.call('flowProfiles.save', { profile, secret })
    const shown = [
      saved,
      await client.call('flowProfiles.get', { id: saved.id }),
      ...(await client.call('flowProfiles.list', {})),
    ]
    assert.ok(!JSON.stringify(shown).includes(secret))
    assert.ok(shown.some(({ id, hasSecret }) => id === saved.id && hasSecret))
    assert.deepEqual(await client.call('flowProfiles.secret', { id: saved.id }), { secret, privateJwk: null })
    const renamed = { ...profile, name: 'Renamed' }
    assert.equal((await client.call('flowProfiles.save', { id: saved.id, profile: renamed })).hasSecret, true)
    await client.call('flowProfiles.save', { id: saved.id, profile, secret: null })
    assert.equal((await client.call('flowProfiles.secret', { id: saved.id })).secret, null)
    await client.call('flowProfiles.delete', { id: saved.id })
    for (const name of ['flowProfiles.get', 'flowProfiles.secret', 'flowProfiles.delete'] as const) {
      await refusal(client.call(name, { id: saved.id }), 'not_found')
    }
    await refusal(client.call('flowProfiles.save', { id: saved.id, profile }), 'not_found')
    const notAKey = client.call('flowProfiles.save', { profile, privateJwk: '{"kty":"oct","k":"AA"}' })
    assert.deepEqual(await wrongPaths(notAKey), ['privateJwk'])
    assert.deepEqual(await wrongPaths(client.call('flowProfiles.list', { of: 'all' } as never)), ['of'])
  }),

  rule('flowProfiles.discover reads metadata, and asks before it leaves this machine', async ({ client }) => {
    const { issuer } = await client.call('status.get', {})
    const found = await client.call('flowProfiles.discover', { issuer: { kind: 'discovery', url: issuer } })
    assert.deepEqual([found.issuer, found.problems], [issuer, []])
    assert.equal(found.endpoints.token_endpoint, `${issuer}/token`)
    const { issues } = await refusal(client.call('flowProfiles.discover', { issuer: elsewhere }), 'refused')
    assert.deepEqual(issues, [{ path: 'confirmOutbound', message: 'login.example.com' }])
    const nothing = client.call('flowProfiles.discover', {
      issuer: { kind: 'discovery', url: `${issuer}/me` },
    })
    await refusal(nothing, 'unreachable')
  }),

  rule('a run goes step by step, or to its end, and every exchange is in the log', async (bench) => {
    const { client } = bench
    const begun = await login(bench)
    assert.deepEqual([begun.state, begun.next, begun.local], ['open', 0, true])
    const first = await client.call('flows.send', { id: begun.id })
    assert.deepEqual([first.next, first.steps[0]!.state], [1, 'passed'])
    const done = await client.call('flows.run', { id: begun.id })
    assert.deepEqual([problems(done), done.state, done.next], [[], 'done', null])
    const { exchangeId } = done.steps.at(-1)!.attempts[0]!.hops[0]!
    assert.equal((await client.call('exchanges.get', { id: exchangeId! })).endpoint, 'token')
    assert.deepEqual(await client.call('flows.get', { id: begun.id }), done)
    await refusal(client.call('flows.run', { id: begun.id }), 'refused')
    await refusal(client.call('flows.send', { id: begun.id }), 'refused')
    await refusal(client.call('flows.send', { id: begun.id, step: 99 }), 'not_found')
    await refusal(client.call('flows.get', { id: 'unknown' }), 'not_found')
    await refusal(client.call('flows.start', { kind: 'refresh', from: 'unknown' }), 'not_found')
  }),

  rule('a run can be edited, added to and branched', async (bench) => {
    const { client } = bench
    const { id } = await login(bench)
    const edited = await client.call('flows.edit', {
      id,
      changes: { label: 'alice', parameters: { scope: 'openid' } },
    })
    assert.ok(edited.steps.find((step) => step.id === 'metadata')!.prepared)
    const wrong = client.call('flows.edit', { id, changes: { parameters: { scopes: 'openid' } } })
    assert.deepEqual(await wrongPaths(wrong), ['parameters.scopes'])
    await client.call('flows.run', { id })
    await client.call('flows.append', { id, kind: 'userinfo' })
    const done = await client.call('flows.run', { id })
    assert.deepEqual(problems(done), [])
    assert.equal(done.steps.at(-1)!.attempts[0]!.summary, 'Claims of alice.')
    await refusal(client.call('flows.append', { id, kind: 'password' }), 'refused')
    const branch = await client.call('flows.branch', { id, step: 2 })
    assert.deepEqual([branch.parentRun, branch.parentStep, branch.next], [id, 2, 2])
    await refusal(client.call('flows.branch', { id, step: 99 }), 'not_found')
    const ids = (await client.call('flows.list', {})).map((run) => run.id)
    assert.deepEqual(ids.slice(0, 2), [branch.id, id])
    assert.deepEqual(await wrongPaths(client.call('flows.list', { limit: 0 })), ['limit'])
  }),

  rule('a run waits for a browser, takes what it is handed, and can be cancelled', async (bench) => {
    const { client } = bench
    const run = await waiting(bench)
    assert.deepEqual([run.state, run.waiting?.by], ['waiting', 'browser'])
    assert.equal((await client.call('flows.openLogin', { id: run.id })).waiting?.url, run.waiting?.url)
    await refusal(client.call('flows.send', { id: run.id }), 'conflict')
    const forged = await client.call('flows.receive', { id: run.id, url: '?code=stolen&state=another' })
    assert.equal(forged.state, 'failed')
    assert.equal(forged.waiting, null)
    await refusal(client.call('flows.receive', { id: run.id, url: '?code=late' }), 'refused')
    await refusal(client.call('flows.openLogin', { id: run.id }), 'refused')
    const other = await waiting(bench)
    assert.equal((await client.call('flows.cancel', { id: other.id })).state, 'cancelled')
    await refusal(client.call('flows.cancel', { id: 'unknown' }), 'not_found')
  }),

  rule('automatic refresh is a switch, and says why it is off', async (bench) => {
    const { client } = bench
    const { id } = await login(bench)
    const early = await client.call('flows.autoRefresh', { id, on: true })
    assert.deepEqual([early.refresh.on, early.refresh.stopped], [false, 'The run has no refresh token.'])
    await client.call('flows.run', { id })
    const on = await client.call('flows.autoRefresh', { id, on: true })
    assert.deepEqual([on.autoRefresh, on.refresh.on, on.refresh.clock], [true, true, 'issuer'])
    assert.ok(on.refresh.at! > (await client.call('clock.get', {})).now)
    assert.equal((await client.call('flows.autoRefresh', { id, on: false })).refresh.on, false)
    await refusal(client.call('flows.autoRefresh', { id: 'unknown', on: true }), 'not_found')
  }),

  rule('runs are forgotten, and everybody hears of it', async (bench) => {
    const { client } = bench
    const { id } = await login(bench)
    const { seen, stop } = await listen(bench)
    assert.deepEqual(await client.call('flows.delete', { ids: [id, 'unknown'] }), { count: 1 })
    await eventually('the event', () =>
      seen.find((event) => event.type === 'changed' && event.noun === 'flows'),
    )
    stop()
    await refusal(client.call('flows.get', { id }), 'not_found')
    await client.call('flows.delete', {})
    assert.deepEqual(await client.call('flows.list', {}), [])
    assert.deepEqual(await wrongPaths(client.call('flows.delete', { ids: [] })), ['ids'])
  }),
]
