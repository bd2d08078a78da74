import { expect, onTestFinished, test } from 'vitest'
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
