import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'
import { serverForFile } from './server.ts'

const server = serverForFile()
const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantscope-curl-'))
  // Without it none of this shows anything: a machine that lacks curl fails here, by name.
  await run('curl', ['--version'])
})
afterAll(() => rm(folder, { recursive: true }))

interface Curled {
  status: number
  /** Lines of the head, as sent. */
  head: string[]
  body: Record<string, unknown>
}

async function curl(path: string, ...flags: string[]): Promise<Curled> {
  const { stdout } = await run('curl', ['-sS', '-i', '--max-time', '10', ...flags, server().issuer + path])
  const [head = '', ...rest] = stdout.split('\r\n\r\n')
  const lines = head.split('\r\n')
  return { status: Number(lines[0]!.split(' ')[1]), head: lines, body: JSON.parse(rest.join('\r\n\r\n')) }
}

const bearer = (token: unknown) => ['-H', `Authorization: Bearer ${token}`]
const logIn = (scope = 'read') =>
  curl(
    '/token',
    '-d',
    'username=alice',
    '-d',
    'password=wonderland',
    '-d',
    `grant_type=password&scope=${scope}`,
  )

describe('the tutorial by curl', () => {
  test('POST /token with a form, as the tutorial has it', async () => {
    const { status, head, body } = await logIn()
    expect(status).toBe(200)
    expect(head).toContain('cache-control: no-store')
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'read' })
  })

  test('GET /me with and without the token', async () => {
    const { body } = await logIn()
    expect((await curl('/me', ...bearer(body.access_token))).body).toMatchObject({ username: 'alice' })
    const without = await curl('/me')
    expect(without.status).toBe(401)
    expect(without.head.join('\n')).toMatch(
      /^www-authenticate: Bearer resource_metadata="[^"]+", DPoP algs="/m,
    )
  })

  test('GET and POST /items by scope', async () => {
    const { body } = await logIn('read')
    const { status } = await curl('/items', ...bearer(body.access_token))
    expect(status).toBe(200)
    const json = ['-H', 'Content-Type: application/json', '-d', '{"title":"by curl"}']
    const refused = await curl('/items', ...bearer(body.access_token), ...json)
    expect(refused.status).toBe(403)
    expect(refused.head.join('\n')).toMatch(
      /^www-authenticate: Bearer error="insufficient_scope", scope="write", /m,
    )
    const writer = await logIn('read%20write')
    expect((await curl('/items', ...bearer(writer.body.access_token), ...json)).body).toMatchObject({
      title: 'by curl',
      owner: 'alice',
    })
  })

  test('POST /refresh with JSON, and the old one is used up', async () => {
    const { body } = await logIn()
    const json = JSON.stringify({ refresh_token: body.refresh_token })
    const refresh = () => curl('/refresh', '-H', 'Content-Type: application/json', '-d', json)
    expect((await refresh()).body).toMatchObject({ access_token: expect.any(String) })
    expect(await refresh()).toMatchObject({ status: 401, body: { detail: 'Refresh token revoked' } })
  })

  test('POST /logout, and the same token is revoked', async () => {
    const { body } = await logIn()
    const token = bearer(body.access_token)
    expect(await curl('/logout', '-X', 'POST', ...token)).toMatchObject({ status: 200 })
    expect(await curl('/me', ...token)).toMatchObject({ status: 401, body: { detail: 'Token revoked' } })
  })

  test('JSON at /token is told that a form is required', async () => {
    const json = ['-H', 'Content-Type: application/json', '-d', '{"username":"alice"}']
    expect(await curl('/token', ...json)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('the client by Basic (-u)', async () => {
    const { body } = await curl(
      '/token',
      '-u',
      'demo-service:demo-service-secret',
      '-d',
      'grant_type=client_credentials&scope=read',
    )
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'read' })
  })

  test('a login with the second factor', async () => {
    const pending = await curl('/token', '-d', 'grant_type=password&username=carol&password=caroling')
    expect(pending.body.scope).toBe('2fa')
    const { now } = await server().call<{ now: number }>('clock.get', {})
    const verified = await curl(
      '/2fa/verify',
      ...bearer(pending.body.access_token),
      '-d',
      `code=${totpCode(CAROLS_SECRET, now)}`,
    )
    expect(verified.body).toMatchObject({ refresh_token: expect.any(String) })
  })

  test('a cookie login with a cookie jar, Secure left off for http', async () => {
    await server().call('settings.update', { cookieSecure: 'https-only' })
    const jar = join(folder, 'jar')
    const withJar = ['-b', jar, '-c', jar]
    await curl('/login', ...withJar, '-d', 'username=alice&password=wonderland')
    expect(await readFile(jar, 'utf8')).toMatch(/#HttpOnly_127\.0\.0\.1\t.*\tsession_id\t/)
    expect((await curl('/me', ...withJar)).body).toMatchObject({ username: 'alice' })
    expect((await curl('/logout', ...withJar, '-X', 'POST')).status).toBe(200)
    expect((await curl('/me', ...withJar)).status).toBe(401)
    expect(await readFile(jar, 'utf8')).not.toContain('session_id')
  })
})
