import assert from 'node:assert/strict'
import type { ChangedNoun, SequencedEvent } from '../../../shared/contract/events.ts'
import { type Bench, eventually, type Listening, listen, rule } from '../subject.ts'

const nouns = (events: SequencedEvent[]): ChangedNoun[] =>
  events.flatMap((event) => (event.type === 'changed' ? [event.noun] : []))

const rename = ({ client }: Bench, name: string) =>
  client.call('users.update', { id: 'dave', changes: { name } })

const sees = ({ seen }: Listening, count: number) =>
  eventually(`event ${count}`, () => (seen.length >= count ? seen : undefined))

/** Runs `work` while listening, and returns the nouns that changed until a last, known change. */
async function changedBy(bench: Bench, work: () => Promise<unknown>): Promise<ChangedNoun[]> {
  const events = await listen(bench)
  try {
    await work()
    const { name } = await bench.client.call('scopes.create', { name: 'the-end', description: '' })
    await eventually('the last change', () => (nouns(events.seen).includes('scopes') ? true : undefined))
    await bench.client.call('scopes.delete', { name })
    const all = nouns(events.seen)
    return all.slice(0, all.indexOf('scopes'))
  } finally {
    events.stop()
  }
}

export const eventCases = [
  rule('a command tells which noun changed', async (bench) => {
    const { client } = bench
    const issue = () => client.call('tokens.issue', { clientId: 'demo-spa', userId: 'dave' })
    assert.deepEqual(await changedBy(bench, () => rename(bench, 'D')), ['users'])
    assert.deepEqual(
      await changedBy(bench, () => client.call('users.update', { id: 'dave', changes: { username: 'd' } })),
      ['users', 'tokens'],
    )
    assert.deepEqual(await changedBy(bench, () => client.call('clients.create', { id: 'new' })), ['clients'])
    assert.deepEqual(await changedBy(bench, issue), ['tokens'])
    assert.deepEqual(await changedBy(bench, () => client.call('users.delete', { id: 'dave' })), [
      'users',
      'tokens',
      'sessions',
    ])
    assert.deepEqual(await changedBy(bench, () => client.call('clients.delete', { id: 'new' })), [
      'clients',
      'tokens',
    ])
    assert.deepEqual(await changedBy(bench, () => client.call('settings.update', { signingAlg: 'PS256' })), [
      'settings',
      'keys',
    ])
    assert.deepEqual(await changedBy(bench, () => client.call('traces.clear', {})), ['traces'])
  }),

  rule('a query tells nothing, nor does a command that is refused', async (bench) => {
    const { client } = bench
    const quiet = async () => {
      await client.call('users.list', {})
      await client.call('workspace.export', {})
      await client.call('users.create', { username: 'alice', password: 'x' }).catch(() => {})
      await client.call('tokens.revoke', { jtis: ['unknown'] }).catch(() => {})
      await client.call('workspace.import', { file: 7 }).catch(() => {})
    }
    assert.deepEqual(await changedBy(bench, quiet), [])
  }),

  rule('an exchange is told as it happens, a moved clock with its state', async (bench) => {
    const events = await listen(bench)
    await bench.send('/jwks')
    await bench.client.call('clock.set', { offsetMs: 1000 })
    const [exchange, clock] = await sees(events, 2)
    events.stop()
    assert.equal(exchange?.type === 'exchange' && exchange.exchange.target, '/jwks')
    assert.equal(clock?.type === 'clock' && clock.clock.offsetMs, 1000)
  }),

  rule('events are numbered without gaps', async (bench) => {
    const events = await listen(bench)
    for (const name of ['a', 'b', 'c']) await rename(bench, name)
    const seen = await sees(events, 3)
    events.stop()
    assert.deepEqual(
      seen.map(({ seq }) => seq - seen[0]!.seq),
      [0, 1, 2],
    )
    assert.equal(new Set(seen.map(({ launch }) => launch)).size, 1)
  }),

  rule('who comes back with a cursor gets what was missed, once and in order', async (bench) => {
    const first = await listen(bench)
    await rename(bench, 'a')
    const { launch, seq } = (await sees(first, 1))[0]!
    first.stop()
    await rename(bench, 'b')
    await rename(bench, 'c')
    const again = await listen(bench, { launch, seq })
    await sees(again, 2)
    await rename(bench, 'd')
    const seen = await sees(again, 3)
    again.stop()
    assert.deepEqual(
      seen.map((event) => [event.type, event.seq]),
      [1, 2, 3].map((step) => ['changed', seq + step]),
    )
  }),

  rule('who stops listening hears nothing more', async (bench) => {
    const stopped = await listen(bench)
    stopped.stop()
    const other = await listen(bench)
    await rename(bench, 'a')
    await sees(other, 1)
    other.stop()
    assert.deepEqual(stopped.seen, [])
  }),

  rule('a cursor of another launch, or of the future, is answered by one resync', async (bench) => {
    const live = await listen(bench)
    await rename(bench, 'a')
    let { launch, seq } = (await sees(live, 1))[0]!
    live.stop()
    for (const from of [
      { launch: 'another', seq: 1 },
      { launch, seq: seq + 1000 },
    ]) {
      const events = await listen(bench, from)
      await sees(events, 1)
      await rename(bench, 'again')
      const [resync, next] = await sees(events, 2)
      events.stop()
      assert.deepEqual(resync, { launch, seq, type: 'resync' })
      assert.deepEqual(next, { launch, seq: ++seq, type: 'changed', noun: 'users' })
    }
  }),
]
