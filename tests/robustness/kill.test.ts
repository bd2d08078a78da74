import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { expect, test, vi } from 'vitest'
import type { TokenDetail } from '../../shared/contract/operations/tokens.ts'
import { homeForTest, type SourceServer, serveFromSource } from '../support/source-server.ts'

interface Registered {
  client_id: string
  registration_access_token: string
}

interface Tokens {
  access_token: string
  refresh_token: string
}

const ROUNDS = 3
const STREAMS = 4
/** How long tokens stream before the kill, by round: it falls at another place each time. */
const streamFor = (round: number) => 300 + 170 * round

const post = (url: string, fields: Record<string, string>, token?: string) =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
const login = (issuer: string) =>
  post(`${issuer}/token`, { grant_type: 'password', username: 'alice', password: 'wonderland' })
const me = async (issuer: string, { access_token }: Tokens) => {
  const response = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${access_token}` } })
  return { status: response.status, challenge: response.headers.get('www-authenticate') }
}
const metadata = JSON.stringify({ redirect_uris: ['https://app.example/callback'] })

/** A client that registers itself (RFC 7591). */
async function register(issuer: string): Promise<Registered> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${issuer}/register`, { method: 'POST', headers, body: metadata })
  return (await response.json()) as Registered
}

const detailOf = ({ call }: SourceServer, token: string) =>
  call<TokenDetail>('tokens.get', { jti: decodeJwt(token).jti })

/** What the server has answered, and so has to know for good. */
interface Answered {
  live: Tokens[]
  revoked: Tokens[]
  /** Refresh tokens that were traded for others. */
  consumed: string[]
  registered: Registered[]
}

/** Logs in, refreshes and logs out again and again until the server is gone; keeps what was answered in full. */
async function streamRequests(issuer: string, answered: Answered): Promise<void> {
  for (let count = 0; ; count++) {
    try {
      const first = (await (await login(issuer)).json()) as Tokens
      if (count % 3 === 0) {
        answered.live.push(first)
        answered.registered.push(await register(issuer))
      } else if (count % 3 === 1) {
        const response = await post(`${issuer}/refresh`, { refresh_token: first.refresh_token })
        answered.live.push((await response.json()) as Tokens)
        answered.consumed.push(first.refresh_token)
      } else {
        const response = await post(`${issuer}/logout`, {}, first.access_token)
        await response.text()
        if (response.status === 200) answered.revoked.push(first)
      }
    } catch {
      return
    }
  }
}

async function expectEverythingKnown(
  server: SourceServer,
  { live, revoked, consumed, registered }: Answered,
): Promise<void> {
  for (const { client_id, registration_access_token } of registered) {
    const headers = { authorization: `Bearer ${registration_access_token}` }
    expect((await fetch(`${server.issuer}/register/${client_id}`, { headers })).status).toBe(200)
  }
  for (const tokens of live) {
    expect((await me(server.issuer, tokens)).status).toBe(200)
    expect(await detailOf(server, tokens.access_token)).toMatchObject({ kind: 'access', state: 'active' })
    expect(await detailOf(server, tokens.refresh_token)).toMatchObject({ kind: 'refresh', state: 'active' })
  }
  for (const tokens of revoked) {
    const { status, challenge } = await me(server.issuer, tokens)
    expect([status, challenge]).toEqual([401, expect.stringContaining('Token revoked')])
    expect((await detailOf(server, tokens.refresh_token)).state).toBe('revoked')
  }
  for (const token of consumed) expect((await detailOf(server, token)).state).toBe('consumed')
}

const fewest = ({ live, revoked, consumed, registered }: Answered) =>
  Math.min(live.length, revoked.length, consumed.length, registered.length)

test('kill -9 amid a stream of requests loses nothing that was answered', { timeout: 60_000 }, async () => {
  const home = await homeForTest()
  const config = join(home.folder, 'workspace.json')
  await writeFile(config, JSON.stringify({ extends: 'demo', settings: { bcryptCost: 4 } }))
  // A fixed URL, for the port is another one after each start.
  const flags = ['--db', join(home.folder, 'killed.db'), '--issuer', 'http://127.0.0.1:4400']
  let server = await serveFromSource(home, [...flags, '--config', config])
  const keys = await server.call('keys.list', {})
  const answered: Answered = { live: [], revoked: [], consumed: [], registered: [] }

  for (let round = 0; round < ROUNDS; round++) {
    const { issuer } = server
    const streams = Array.from({ length: STREAMS }, () => streamRequests(issuer, answered))
    await new Promise((resolve) => setTimeout(resolve, streamFor(round)))
    // On a busy machine the first answers take their time; a kill before them would prove nothing.
    await vi.waitUntil(() => fewest(answered) > 0, { timeout: 20_000 })
    await server.kill()
    await Promise.all(streams)
    server = await serveFromSource(home, flags)
    await expectEverythingKnown(server, answered)
  }
  expect(await server.call('keys.list', {})).toEqual(keys)

  const { refresh_token } = answered.live[0]!
  const refreshed = await post(`${server.issuer}/refresh`, { refresh_token })
  expect(refreshed.status).toBe(200)
  const replayed = await post(`${server.issuer}/refresh`, { refresh_token: answered.consumed[0]! })
  expect(replayed.status).toBe(401)
  await server.stop()
})
