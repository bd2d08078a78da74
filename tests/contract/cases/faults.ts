import assert from 'node:assert/strict'
import type { NewFault } from '../../../shared/contract/faults/fault.ts'
import { type Bench, eventually, listen, refusal, rule, wrongPaths } from '../subject.ts'

const once: NewFault = {
  name: 'No grant, once',
  match: { endpoints: ['token'], grantType: 'password' },
  count: 1,
  action: { kind: 'error', code: 'invalid_grant' },
}

const tokenStatus = async (bench: Bench) => {
  const response = await bench.send('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=password&username=alice&password=wonderland',
  })
  return response.status
}

const namesOf = async ({ client }: Bench) => (await client.call('faults.list', {})).map(({ name }) => name)

export const faultCases = [
  rule('a fault is what it was made of, with counters, and strikes as it says', async (bench) => {
    const { client } = bench
    const made = await client.call('faults.create', once)
    assert.deepEqual([made.state, made.seen, made.hits, made.lastHitAt], ['armed', 0, 0, null])
    assert.deepEqual([made.skip, made.every, made.match.clientId], [0, 1, null])
    assert.deepEqual(made.strikes, ['token'])
    assert.equal(made.does, 'answers invalid_grant in place of the work')
    assert.deepEqual(await client.call('faults.get', { id: made.id }), made)
    assert.deepEqual([await tokenStatus(bench), await tokenStatus(bench)], [400, 200])
    const spent = await client.call('faults.get', { id: made.id })
    assert.deepEqual([spent.state, spent.seen, spent.hits], ['spent', 1, 1])
    assert.ok(spent.lastHitAt !== null)
    const { rows } = await client.call('exchanges.list', {})
    assert.deepEqual(
      rows.map(({ faults }) => faults.map(({ id }) => id)),
      [[], [made.id]],
    )
  }),

  rule('faults.update changes what it names; another match counts anew', async ({ client }) => {
    const { id } = await client.call('faults.create', once)
    const renamed = await client.call('faults.update', { id, changes: { name: 'B', enabled: false } })
    assert.deepEqual([renamed.name, renamed.state, renamed.count], ['B', 'disarmed', 1])
    const changes = { match: { endpoints: ['me'] }, action: { kind: 'hang' as const } }
    const moved = await client.call('faults.update', { id, changes })
    assert.deepEqual([moved.match.grantType, moved.action], [null, { kind: 'hang', when: 'before' }])
  }),

  rule(
    'a fault that could never take effect is refused, with the endpoint that says so',
    async ({ client }) => {
      const match = { endpoints: ['jwks', 'token'] }
      const action = { kind: 'jwks', edit: 'empty' } as const
      const create = (fault: object) => client.call('faults.create', { ...once, ...fault } as never)
      assert.deepEqual(await wrongPaths(create({ match, action })), ['match.endpoints.1'])
      assert.deepEqual(await wrongPaths(create({ match: { endpoints: ['jwks'], clientId: 'a' } })), [
        'match.endpoints.0',
      ])
      assert.deepEqual(await wrongPaths(create({ match: { method: 'DELETE' }, action })), ['match'])
      const elsewhere = create({ match: { issuers: ['default', 'acme'] } })
      assert.deepEqual(await wrongPaths(elsewhere), ['match.issuers.1'])
      const { id } = await client.call('faults.create', once)
      const update = (changes: object) => client.call('faults.update', { id, changes } as never)
      assert.deepEqual(await wrongPaths(update({ action })), ['changes.match.endpoints.0'])
      assert.equal((await client.call('faults.get', { id })).action.kind, 'error')
    },
  ),

  rule('what is not a fault is refused, with every path', async ({ client }) => {
    const wrong = {
      name: '',
      match: { endpoints: ['nowhere'], colour: 'red' },
      count: 0,
      action: { kind: 'delay', ms: -1 },
    }
    const paths = await wrongPaths(client.call('faults.create', wrong as never))
    assert.deepEqual(paths.sort(), ['action.ms', 'count', 'match.colour', 'match.endpoints.0', 'name'])
    const kind = { ...once, action: { kind: 'explode' } } as never
    assert.deepEqual(await wrongPaths(client.call('faults.create', kind)), ['action.kind'])
    const header = { kind: 'answer', status: 200, headers: [['content-length', '5']] } as const
    const framing = client.call('faults.create', { name: 'x', action: header as never })
    assert.deepEqual(await wrongPaths(framing), ['action.headers.0.0'])
    for (const status of [204, 205, 304]) {
      const full = { name: 'x', action: { kind: 'answer', status, body: 'x' } } as const
      assert.deepEqual(await wrongPaths(client.call('faults.create', full)), ['action.body'])
    }
  }),

  rule('arm, disarm, reset and delete take ids, or all', async (bench) => {
    const { client } = bench
    const a = await client.call('faults.create', { ...once, name: 'a' })
    await client.call('faults.create', { ...once, name: 'b' })
    const states = (all: { state: string }[]) => all.map(({ state }) => state)
    assert.deepEqual(states(await client.call('faults.disarm', { ids: [a.id] })), ['disarmed', 'armed'])
    assert.equal((await client.call('status.get', {})).counts.armedFaults, 1)
    assert.deepEqual(states(await client.call('faults.disarm', {})), ['disarmed', 'disarmed'])
    assert.deepEqual(states(await client.call('faults.arm', {})), ['armed', 'armed'])
    await tokenStatus(bench)
    await tokenStatus(bench)
    assert.deepEqual(states(await client.call('faults.list', {})), ['spent', 'spent'])
    assert.deepEqual(states(await client.call('faults.reset', {})), ['armed', 'armed'])
    assert.deepEqual(await client.call('faults.delete', { ids: [a.id] }), { count: 1 })
    assert.deepEqual(await namesOf(bench), ['b'])
    assert.deepEqual(await client.call('faults.delete', {}), { count: 1 })
    assert.deepEqual(await namesOf(bench), [])
  }),

  rule('what there is not cannot be read, changed or removed; of several none is then', async (bench) => {
    const { client } = bench
    const { id } = await client.call('faults.create', once)
    const ids = [id, 'nothing']
    await refusal(client.call('faults.get', { id: 'nothing' }), 'not_found')
    await refusal(client.call('faults.update', { id: 'nothing', changes: {} }), 'not_found')
    await refusal(client.call('faults.arm', { ids }), 'not_found')
    await refusal(client.call('faults.disarm', { ids }), 'not_found')
    await refusal(client.call('faults.reset', { ids }), 'not_found')
    await refusal(client.call('faults.delete', { ids }), 'not_found')
    await refusal(client.call('faults.addPreset', { preset: 'nothing' }), 'not_found')
    assert.deepEqual(await namesOf(bench), [once.name])
    assert.equal((await client.call('faults.get', { id })).state, 'armed')
  }),

  rule('the ready faults can be added as they are', async ({ client }) => {
    const presets = await client.call('faults.presets', {})
    assert.ok(presets.length >= 15)
    const [first] = presets
    const added = await client.call('faults.addPreset', { preset: first!.id })
    assert.deepEqual([added.name, added.action], [first!.title, first!.fault.action])
    for (const { fault } of presets) await client.call('faults.create', fault)
  }),

  rule('the catalogue names what an action may be for', async ({ client }) => {
    const { actions, endpoints, breaks, jwksEdits } = await client.call('faults.catalogue', {})
    assert.deepEqual(actions.find(({ kind }) => kind === 'jwks')!.endpoints, ['jwks'])
    assert.ok(endpoints.find(({ name }) => name === 'token')!.errors.includes('invalid_grant'))
    assert.ok(breaks.length > 20 && jwksEdits.length > 5)
    for (const { example } of actions) {
      await client.call('faults.create', { name: 'example', action: example as never })
    }
  }),

  rule(
    'a workspace file has faults; the same fault goes on counting, and a reset takes all away',
    async (bench) => {
      const { client } = bench
      await client.call('faults.create', once)
      await tokenStatus(bench)
      const file = await client.call('workspace.export', {})
      assert.deepEqual(
        file.faults.map(({ name }) => name),
        [once.name],
      )
      const preview = await client.call('workspace.preview', { file: { ...file, faults: [] } })
      assert.deepEqual(preview.faults, { added: [], kept: [], removed: [once.name] })
      await client.call('workspace.import', { file })
      assert.deepEqual(
        (await client.call('faults.list', {})).map(({ state }) => state),
        ['spent'],
      )
      const faults = [
        { name: 'A', action: { kind: 'hang' } },
        { name: 'a', action: { kind: 'hang' } },
      ]
      const repeated = client.call('workspace.import', { file: { faults } })
      assert.deepEqual(await wrongPaths(repeated), ['faults.1.name'])
      const unfit = { name: 'x', match: { endpoints: ['token'] }, action: { kind: 'jwks', edit: 'empty' } }
      const wrong = client.call('workspace.import', { file: { faults: [unfit] } })
      assert.deepEqual(await wrongPaths(wrong), ['faults.0.match.endpoints.0'])
      const elsewhere = [{ name: 'x', match: { issuers: ['acme'] }, action: { kind: 'hang' } }]
      const nowhere = client.call('workspace.import', { file: { faults: elsewhere } })
      assert.deepEqual(await wrongPaths(nowhere), ['faults.0.match.issuers.0'])
      await client.call('scenarios.save', { name: 'Saved' })
      await client.call('workspace.reset', {})
      const left = await client.call('scenarios.list', {})
      assert.ok(left.every(({ builtIn }) => builtIn))
      assert.deepEqual(await namesOf(bench), [])
    },
  ),

  rule('a change of a fault is an event, and so is a hit', async (bench) => {
    const listening = await listen(bench)
    const heard = () =>
      listening.seen.filter((event) => event.type === 'changed' && event.noun === 'faults').length
    await bench.client.call('faults.create', once)
    await eventually('the event of the change', () => heard() > 0 || undefined)
    const before = heard()
    await tokenStatus(bench)
    await eventually('the event of the hit', () => heard() > before || undefined)
    listening.stop()
  }),
]
