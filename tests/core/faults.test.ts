import { expect, onTestFinished, test, vi } from 'vitest'
import { openTestCore } from '../support/core.ts'

async function open() {
  const opened = await openTestCore()
  onTestFinished(() => opened.close())
  return opened
}

test('every ready fault can be added, and is armed', async () => {
  const { client } = await open()
  const presets = await client.call('faults.presets', {})
  for (const { id, title } of presets) {
    expect(await client.call('faults.addPreset', { preset: id })).toMatchObject({
      name: title,
      state: 'armed',
    })
  }
  expect((await client.call('status.get', {})).counts.armedFaults).toBe(presets.length)
})

test('every scenario that comes along can be applied, and what it returns leads back', async () => {
  const { client } = await open()
  await client.call('faults.addPreset', { preset: 'token-slow' })
  const state = async () => ({
    faults: await client.call('faults.list', {}),
    settings: await client.call('settings.get', {}),
    offsetMs: (await client.call('clock.get', {})).offsetMs,
  })
  const first = await state()
  for (const { id, file } of await client.call('scenarios.list', {})) {
    const { before } = await client.call('scenarios.apply', { id })
    const names = (await client.call('faults.list', {})).map(({ name }) => name)
    expect(names, id).toEqual(file.faults.map(({ name }) => name))
    await client.call('scenarios.apply', { file: before })
    expect(await state()).toMatchObject({
      ...first,
      faults: first.faults.map(({ updatedAt: _, createdAt: __, ...fault }) => fault),
    })
  }
})

test('however many faults there are, they can be exported, saved as a scenario, and had back', async () => {
  const { client } = await open()
  for (let made = 0; made < 201; made++) await client.call('faults.addPreset', { preset: 'token-slow' })
  const state = async () => (await client.call('faults.list', {})).map(({ id }) => id)
  const first = await state()
  expect((await client.call('workspace.export', {})).faults).toHaveLength(201)
  await client.call('scenarios.save', { name: 'Many' })
  expect((await client.call('scenarios.list', {})).at(-1)?.file.faults).toHaveLength(201)
  const { before } = await client.call('scenarios.apply', { id: 'calm' })
  expect(await state()).toEqual([])
  await client.call('scenarios.apply', { file: before })
  expect(await state()).toEqual(first)
})

test('faults of a file whose names come to the same id get one each, the same at every reading', async () => {
  const { client } = await open()
  const action = { kind: 'delay', ms: 1 }
  const named = ['遅い', '切断', 'Slow', '遅い slow'].map((name) => ({ name, action }))
  const faults = [...named, { id: 'slow-2', name: 'Its own', action }]
  const file = { format: 'grantscope-scenario', version: 1, name: 'Names', faults }
  const ids = async () => (await client.call('faults.list', {})).map(({ id }) => id)
  for (let reading = 0; reading < 2; reading++) {
    await client.call('scenarios.apply', { file })
    expect(await ids()).toEqual(['fault', 'fault-2', 'slow', 'slow-3', 'slow-2'])
  }
  const twice = { ...file, faults: [...faults, { id: 'slow-2', name: 'Another', action }] }
  const refused = client.call('scenarios.apply', { file: twice })
  await expect(refused).rejects.toMatchObject({
    issues: [{ path: 'faults.5.id', message: 'repeats "slow-2"' }],
  })
})

test('a scenario whose steps a defect of ours keeps from being played leaves things as they were', async () => {
  const { core, client } = await open()
  await client.call('faults.addPreset', { preset: 'token-slow' })
  const before = await client.call('faults.list', {})
  vi.spyOn(core, 'where').mockImplementation(() => {
    throw new Error('a defect')
  })
  await expect(client.call('scenarios.run', { id: 'lost-refresh' })).rejects.toMatchObject({
    code: 'internal',
  })
  expect(await client.call('faults.list', {})).toMatchObject(before.map(({ id, name }) => ({ id, name })))
})
