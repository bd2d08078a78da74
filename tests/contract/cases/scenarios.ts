import assert from 'node:assert/strict'
import { MOST_OFFSET_MS } from '../../../shared/contract/operations/status.ts'
import { type Bench, eventually, listen, refusal, rule, wrongPaths } from '../subject.ts'

const file = {
  format: 'grantscope-scenario',
  version: 1,
  name: 'Slow and late',
  faults: [{ name: 'Slow', action: { kind: 'delay', ms: 10 } }],
  clock: { offsetMs: 60_000 },
  settings: { accessTokenLifetime: 77 },
  steps: [{ flow: 'client_credentials', client: 'demo-service' }],
} as const

const stateOf = async ({ client }: Bench) => {
  const faults = await client.call('faults.list', {})
  return {
    faults: faults.map(({ id, name, seen, hits, state }) => ({ id, name, seen, hits, state })),
    settings: await client.call('settings.get', {}),
    offsetMs: (await client.call('clock.get', {})).offsetMs,
  }
}

/** Those that were saved. */
const savedOf = async ({ client }: Bench) =>
  (await client.call('scenarios.list', {})).filter(({ builtIn }) => !builtIn)

const forgetSaved = async (bench: Bench) => {
  for (const { id } of await savedOf(bench)) await bench.client.call('scenarios.delete', { id })
}

export const scenarioCases = [
  rule('applying puts faults, clock and settings in force; what it returns leads back', async (bench) => {
    const { client } = bench
    await client.call('faults.addPreset', { preset: 'invalid-grant-once' })
    const first = await stateOf(bench)
    const { before } = await client.call('scenarios.apply', { file })
    const then = await stateOf(bench)
    assert.deepEqual(
      then.faults.map(({ name }) => name),
      ['Slow'],
    )
    assert.deepEqual([then.offsetMs, then.settings.accessTokenLifetime], [60_000, 77])
    await client.call('scenarios.apply', { file: before })
    assert.deepEqual(await stateOf(bench), first)
  }),

  rule('a clock that no token could be dated by is refused, and nothing is changed', async (bench) => {
    const { client } = bench
    const first = await stateOf(bench)
    const wrong = (clock: object) => wrongPaths(client.call('scenarios.apply', { file: { ...file, clock } }))
    for (const offsetMs of [-9e12, 8.64e15, MOST_OFFSET_MS + 1])
      assert.deepEqual(await wrong({ offsetMs }), ['clock.offsetMs'])
    for (const frozenAt of [-1, 253_402_300_800_000])
      assert.deepEqual(await wrong({ frozenAt }), ['clock.frozenAt'])
    assert.deepEqual(await stateOf(bench), first)
  }),

  rule('what a scenario does not name stays', async (bench) => {
    await bench.client.call('clock.set', { offsetMs: 5_000 })
    const { name, format, version } = file
    await bench.client.call('scenarios.apply', { file: { name, format, version } })
    const { faults, offsetMs } = await stateOf(bench)
    assert.deepEqual([faults, offsetMs], [[], 5_000])
  }),

  rule('those that come along can be applied and exported, and not removed', async (bench) => {
    const { client } = bench
    const builtIn = (await client.call('scenarios.list', {})).filter((scenario) => scenario.builtIn)
    assert.ok(builtIn.length >= 5)
    const [{ id } = { id: '' }] = builtIn
    await client.call('scenarios.apply', { id })
    assert.deepEqual((await client.call('scenarios.export', { id })).file, builtIn[0]!.file)
    await refusal(client.call('scenarios.delete', { id }), 'refused')
  }),

  rule('what is in force can be saved, and applied later', async (bench) => {
    const { client } = bench
    await forgetSaved(bench)
    await client.call('faults.addPreset', { preset: 'token-slow' })
    await client.call('settings.update', { accessTokenLifetime: 88 })
    const saved = await client.call('scenarios.save', { name: 'Mine', about: 'x', settings: true })
    assert.deepEqual(
      saved.file.faults.map(({ name }) => name),
      ['Token endpoint is slow'],
    )
    assert.deepEqual(
      [saved.builtIn, saved.file.clock, saved.file.settings.accessTokenLifetime],
      [false, null, 88],
    )
    assert.deepEqual(await client.call('scenarios.get', { id: saved.id }), saved)
    const again = await client.call('scenarios.save', { name: 'Mine', clock: true })
    assert.equal(again.id, saved.id)
    assert.deepEqual([again.file.clock, again.file.settings], [{ offsetMs: 0, frozenAt: null }, {}])
    assert.equal((await savedOf(bench)).length, 1)
    await client.call('faults.delete', {})
    await client.call('scenarios.apply', { id: saved.id })
    assert.equal((await client.call('faults.list', {})).length, 1)
    await client.call('scenarios.delete', { id: saved.id })
    await refusal(client.call('scenarios.get', { id: saved.id }), 'not_found')
  }),

  rule('running plays its steps, and says of each what came of it', async ({ client }) => {
    const steps = [
      { flow: 'client_credentials', client: 'demo-service', expect: { refused: 'invalid_scope' } },
      { flow: 'password', parameters: { username: 'alice', password: 'wonderland' } },
    ] as const
    const action = { kind: 'error', code: 'invalid_scope' } as const
    const faults = [{ name: 'Once', match: { endpoints: ['token'] }, count: 1, action }]
    const played = await client.call('scenarios.run', { file: { ...file, faults, clock: null, steps } })
    assert.deepEqual(
      played.steps.map(({ outcome, error, asExpected }) => [outcome, error, asExpected]),
      [
        ['refused', 'invalid_scope', true],
        ['done', null, true],
      ],
    )
    assert.equal(played.asExpected, true)
    assert.equal((await client.call('flows.get', { id: played.steps[1]!.runId! })).state, 'done')
    assert.deepEqual(
      (await client.call('faults.list', {})).map(({ state }) => state),
      ['spent'],
    )
    await client.call('scenarios.apply', { file: played.before })
    assert.deepEqual(await client.call('faults.list', {}), [])
    const wrong = { ...file, steps: [{ flow: 'dance' }] }
    assert.deepEqual(await wrongPaths(client.call('scenarios.run', { file: wrong })), ['steps.0.flow'])
    await client.call('flows.delete', {})
  }),

  rule('a step that cannot be begun is a result like any other', async ({ client }) => {
    const steps = [{ flow: 'client_credentials', user: 'x'.repeat(250) }] as const
    const played = await client.call('scenarios.run', { file: { ...file, clock: null, steps } })
    assert.deepEqual(
      played.steps.map(({ outcome, summary }) => [outcome, /login\.userId/.test(summary)]),
      [['unfinished', true]],
    )
    await client.call('scenarios.apply', { file: played.before })
  }),

  rule('a file is shown before it is imported, and comes back as it was', async (bench) => {
    const { client } = bench
    await forgetSaved(bench)
    const preview = await client.call('scenarios.preview', { file })
    assert.deepEqual(preview, {
      name: 'Slow and late',
      faults: { added: ['Slow'], kept: [], removed: [] },
      clock: true,
      settings: ['accessTokenLifetime'],
      steps: ['Client credentials as demo-service: done'],
      replaces: null,
    })
    assert.deepEqual(await savedOf(bench), [])
    const imported = await client.call('scenarios.import', { file })
    assert.deepEqual(await client.call('faults.list', {}), [])
    const exported = await client.call('scenarios.export', { id: imported.id })
    assert.equal(exported.fileName, 'slow-and-late.scenario.json')
    assert.deepEqual(exported.file, imported.file)
    assert.equal((await client.call('scenarios.preview', { file })).replaces, imported.id)
    assert.equal((await client.call('scenarios.import', { file: exported.file })).id, imported.id)
    await forgetSaved(bench)
  }),

  rule('a wrong file is refused, with the paths; nothing is changed then', async (bench) => {
    const { client } = bench
    const first = await stateOf(bench)
    const wrong = {
      ...file,
      format: 'something-else',
      faults: [{ name: 'x', match: { endpoints: ['jwks'] }, action: { kind: 'redirect', set: { a: 'b' } } }],
      settings: { accessTokenLifetime: -1 },
      steps: [{ flow: 'dance' }],
      colour: 'red',
    }
    for (const name of ['scenarios.apply', 'scenarios.import', 'scenarios.preview'] as const) {
      const paths = await wrongPaths(client.call(name, { file: wrong }))
      const expected = [
        'colour',
        'faults.0.match.endpoints.0',
        'format',
        'settings.accessTokenLifetime',
        'steps.0.flow',
      ]
      assert.deepEqual(paths.sort(), expected)
    }
    const match = { issuers: ['acme'] }
    const elsewhere = { ...file, faults: [{ name: 'x', match, action: { kind: 'hang' } }] }
    const refused = client.call('scenarios.apply', { file: elsewhere })
    assert.deepEqual(await wrongPaths(refused), ['faults.0.match.issuers.0'])
    const noClient = { ...file, settings: { defaultClientId: 'nobody' } }
    assert.deepEqual(await wrongPaths(client.call('scenarios.apply', { file: noClient })), [
      'settings.defaultClientId',
    ])
    await refusal(client.call('scenarios.apply', { id: 'nothing' }), 'not_found')
    await refusal(client.call('scenarios.export', { id: 'nothing' }), 'not_found')
    await refusal(client.call('scenarios.delete', { id: 'nothing' }), 'not_found')
    assert.deepEqual(await wrongPaths(client.call('scenarios.save', { name: '' })), ['name'])
    assert.deepEqual(await stateOf(bench), first)
  }),

  rule('a saved scenario is an event', async (bench) => {
    const listening = await listen(bench)
    await bench.client.call('scenarios.import', { file })
    await eventually('the event', () =>
      listening.seen.find((event) => event.type === 'changed' && event.noun === 'scenarios'),
    )
    listening.stop()
    await forgetSaved(bench)
  }),
]
