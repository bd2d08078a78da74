import assert from 'node:assert/strict'
import { type Bench, refusal, rule } from '../subject.ts'

/** The value of a session cookie. */
async function logIn({ send }: Bench, username: string, password: string): Promise<string> {
  const answer = await send('/login', { method: 'POST', body: new URLSearchParams({ username, password }) })
  return /session_id=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')![1]!
}

export const sessionCases = [
  rule('sessions.list has who is logged in in a browser, the newest first', async (bench) => {
    const { client } = bench
    await logIn(bench, 'alice', 'wonderland')
    await logIn(bench, 'dave', 'davinci')
    const sessions = (await client.call('sessions.list', {})).slice(0, 2)
    assert.deepEqual(
      sessions.map(({ username, issuer, amr, clients }) => ({ username, issuer, amr, clients })),
      ['dave', 'alice'].map((username) => ({ username, issuer: 'default', amr: ['pwd'], clients: [] })),
    )
  }),

  rule('a session that waits for its second factor is none yet', async (bench) => {
    await logIn(bench, 'carol', 'caroling')
    const sessions = await bench.client.call('sessions.list', {})
    assert.ok(sessions.every(({ username }) => username !== 'carol'))
  }),

  rule('sessions.end logs the user out in that browser, and nowhere else', async (bench) => {
    const { client, send } = bench
    const cookies = [await logIn(bench, 'alice', 'wonderland'), await logIn(bench, 'alice', 'wonderland')]
    const [newest] = await client.call('sessions.list', {})
    assert.deepEqual(await client.call('sessions.end', { sid: newest!.sid }), { told: [] })
    const statuses = cookies.map(async (cookie) => {
      const answer = await send('/logout', { method: 'POST', headers: { cookie: `session_id=${cookie}` } })
      return answer.status
    })
    assert.deepEqual(await Promise.all(statuses), [200, 401])
    await refusal(client.call('sessions.end', { sid: newest!.sid }), 'not_found')
  }),
]
