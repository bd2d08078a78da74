import assert from 'node:assert/strict'
import { type Bench, refusal, rule, wrongPaths } from '../subject.ts'

const register = ({ send }: Bench, token?: string) =>
  send('/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ redirect_uris: ['https://app.example/callback'] }),
  })

export const registrationCases = [
  rule(
    'registration.token lets its holder register a client while registration is protected',
    async (bench) => {
      const { client } = bench
      await client.call('settings.update', { registration: 'protected' })
      assert.equal((await register(bench)).status, 401)
      const { token, expiresAt } = await client.call('registration.token', { lifetime: 60 })
      const { now } = await client.call('clock.get', {})
      assert.ok(expiresAt > now && expiresAt <= now + 60_000)
      const answer = await register(bench, token)
      assert.equal(answer.status, 201)
      const { client_id: id } = (await answer.json()) as { client_id: string }
      const { registeredAt, createdAt } = await client.call('clients.get', { id })
      assert.equal(registeredAt, createdAt)
      assert.equal((await client.call('clients.get', { id: 'demo-web' })).registeredAt, null)
    },
  ),

  rule(
    'registration.token refuses an issuer that is not there, and no lifetime at all',
    async ({ client }) => {
      await refusal(client.call('registration.token', { issuer: 'nowhere' }), 'not_found')
      assert.deepEqual(await wrongPaths(client.call('registration.token', { lifetime: 0 })), ['lifetime'])
    },
  ),
]
