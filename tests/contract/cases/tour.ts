import assert from 'node:assert/strict'
import { rule, wrongPaths } from '../subject.ts'

export const tourCases = [
  rule('tour.get says what comes next, and tour.change starts it again', async ({ client }) => {
    const fresh = await client.call('tour.change', { skipped: false, restart: true })
    assert.deepEqual([fresh.next, fresh.skipped], ['login', false])
    assert.deepEqual(fresh.runs, { login: null, break: null, fix: null })
    assert.deepEqual(await client.call('tour.get', {}), fresh)
    assert.equal((await client.call('tour.change', { skipped: true })).skipped, true)
  }),

  rule(
    'tour.run makes one login that works, one that is refused, and one that was mended',
    async ({ client }) => {
      const { redirectUri } = await client.call('tour.change', { skipped: false, restart: true })
      const works = await client.call('tour.run', { step: 'login' })
      assert.deepEqual(
        [works.succeeded, works.answer, works.redirectUri, works.finding],
        [true, '200', redirectUri, null],
      )
      const { exchanges, findings } = await client.call('traces.get', { id: works.traceId! })
      assert.deepEqual(
        [exchanges[0]?.endpoint, exchanges.at(-1)?.endpoint, findings],
        ['authorization', 'items', []],
      )

      const broken = await client.call('tour.run', { step: 'break' })
      assert.deepEqual([broken.succeeded, broken.answer], [false, '400 invalid_grant'])
      assert.equal(broken.redirectUri, `${redirectUri}/`)
      assert.match(broken.finding!.observed, /slash/)
      assert.match(broken.finding!.expected, new RegExp(`^${redirectUri},`))
      assert.equal((await client.call('tour.get', {})).next, 'fix')

      const stillWrong = await client.call('tour.run', { step: 'fix', redirectUri: `${redirectUri}?` })
      assert.equal(stillWrong.succeeded, false)
      assert.equal((await client.call('tour.get', {})).next, 'fix')
      assert.equal((await client.call('tour.run', { step: 'fix', redirectUri })).succeeded, true)
      assert.equal((await client.call('tour.get', {})).next, null)
    },
  ),

  rule('tour.get links to no trace that is gone', async ({ client }) => {
    await client.call('tour.run', { step: 'login' })
    await client.call('traces.clear', {})
    assert.equal((await client.call('tour.get', {})).runs.login?.traceId, null)
  }),

  rule('tour.run and tour.change refuse what they do not know', async ({ client }) => {
    assert.deepEqual(await wrongPaths(client.call('tour.run', { step: 'dance' as never })), ['step'])
    assert.deepEqual(await wrongPaths(client.call('tour.change', {} as never)), ['skipped'])
  }),
]
