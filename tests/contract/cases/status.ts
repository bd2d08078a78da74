import assert from 'node:assert/strict'
import { operations } from '../../../shared/contract/operations/index.ts'
import { refusal, rule, wrongPaths } from '../subject.ts'

export const statusCases = [
  rule('status.get counts what the core holds', async (bench) => {
    const { client } = bench
    const before = await client.call('status.get', {})
    assert.equal(before.counts.users, 5)
    assert.equal(before.counts.clients, 4)
    assert.equal(before.counts.exchanges, 0)
    assert.match(before.runtime, /^(Node|Electron) \d+\.\d+\.\d+$/)
    await bench.send('/jwks')
    await client.call('tokens.issue', { clientId: 'demo-service' })
    const { counts } = await client.call('status.get', {})
    assert.equal(counts.exchanges, 1)
    assert.equal(counts.activeTokens, before.counts.activeTokens + 1)
  }),

  rule('a frozen clock stands still and goes on from there', async ({ client }) => {
    const frozen = await client.call('clock.set', { frozen: true })
    assert.equal(frozen.frozen, true)
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.equal((await client.call('clock.get', {})).now, frozen.now)
    const running = await client.call('clock.set', { frozen: false })
    assert.equal(running.frozen, false)
    assert.ok(running.now - frozen.now < 25, `jumped by ${running.now - frozen.now} ms`)
    assert.ok(running.offsetMs <= -30)
  }),

  rule('clock.set moves the clock to a moment, or a step on from where it is', async ({ client }) => {
    const { now } = await client.call('clock.set', { frozen: true })
    const at = now + 900_001
    assert.deepEqual((await client.call('clock.set', { at })).now, at)
    const { offsetMs } = await client.call('clock.set', { stepMs: -1_000, frozen: false })
    assert.ok(Math.abs(offsetMs - 899_001) < 60_000)
    assert.equal((await client.call('clock.set', { stepMs: 1e15 })).offsetMs, 315_360_000_000)
    assert.deepEqual(await wrongPaths(client.call('clock.set', { at: now + 1e15 })), ['at'])
    assert.equal((await wrongPaths(client.call('clock.set', { at, stepMs: 1 }))).length, 1)
  }),

  rule('clock.set moves the clock, and its end is bounded', async ({ client }) => {
    const moved = await client.call('clock.set', { offsetMs: -3_600_000 })
    assert.deepEqual(
      [moved.offsetMs, moved.frozen, moved.now - moved.realNow],
      [-3_600_000, false, -3_600_000],
    )
    assert.deepEqual(await wrongPaths(client.call('clock.set', { offsetMs: 1e15 })), ['offsetMs'])
    assert.deepEqual(await wrongPaths(client.call('clock.set', { offsetMs: 0.5 })), ['offsetMs'])
  }),

  rule('an operation that does not exist is refused by name', async ({ transport }) => {
    for (const name of ['users.fly', 'toString', '__proto__', 'users.list/../users.get']) {
      const envelope = await transport.call(name, {})
      assert.equal(envelope.ok, false)
      assert.equal(envelope.ok || envelope.error.code, 'unknown_operation', name)
    }
  }),

  rule('every operation refuses input of a wrong form, and says where', async ({ client }) => {
    for (const name of Object.keys(operations) as (keyof typeof operations)[]) {
      const call = (input: unknown) => client.call(name, input as never)
      assert.ok((await wrongPaths(call({ unexpected: 1 }))).includes('unexpected'), name)
      for (const input of [null, 'text', 7, [], true]) await refusal(call(input), 'invalid_input')
    }
  }),
]
