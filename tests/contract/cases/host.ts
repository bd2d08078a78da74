import assert from 'node:assert/strict'
import { eventually, listen, refusal, rule, wrongPaths } from '../subject.ts'

export const hostCases = [
  rule('the server is stopped and started again, each as often as it is asked for', async (bench) => {
    const { client } = bench
    const state = async () => (await client.call('status.get', {})).server
    assert.equal(await state(), 'running')
    assert.deepEqual(await client.call('server.stop', {}), { server: 'stopped' })
    try {
      assert.deepEqual(await client.call('server.stop', {}), { server: 'stopped' })
      assert.equal(await state(), 'stopped')
    } finally {
      assert.deepEqual(await client.call('server.start', {}), { server: 'running' })
    }
    assert.deepEqual(await client.call('server.start', {}), { server: 'running' })
    assert.equal(await state(), 'running')
    assert.equal((await bench.send('/jwks')).status, 200)
  }),

  rule('stopping and starting the server is told', async (bench) => {
    const { seen, stop } = await listen(bench)
    try {
      await bench.client.call('server.stop', {})
      await bench.client.call('server.start', {})
      await eventually('two events', () => {
        const told = seen.filter((event) => event.type === 'changed' && event.noun === 'host')
        return told.length === 2 ? true : undefined
      })
    } finally {
      stop()
    }
  }),

  rule('preferences of the desktop change one by one, and wrong ones not at all', async ({ client }) => {
    const { preferences: before } = await client.call('desktop.get', {})
    assert.ok(before)
    assert.deepEqual([before.keepRunning, before.notifyFailures], [false, false])
    const changed = { ...before, notifyFailures: true }
    assert.deepEqual(await client.call('desktop.update', { notifyFailures: true }), { preferences: changed })
    assert.deepEqual(await wrongPaths(client.call('desktop.update', { port: 65_536 })), ['port'])
    assert.deepEqual(await client.call('desktop.get', {}), { preferences: changed })
    await client.call('desktop.update', { notifyFailures: false })
  }),

  rule('operations of the host take nothing they do not know', async ({ client }) => {
    const more = { more: 1 } as never
    await refusal(client.call('server.stop', more), 'invalid_input')
    await refusal(client.call('server.start', more), 'invalid_input')
    await refusal(client.call('desktop.get', more), 'invalid_input')
  }),
]
