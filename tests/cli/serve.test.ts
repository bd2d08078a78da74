import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { exchangeRaw } from '../host/raw.ts'
import { grantscope, type Home, type Serving, startServe, temporaryHome } from './run.ts'

// Several processes a test, each loading the whole core.
vi.setConfig({ testTimeout: 60_000 })

const freePorts = ['--port', '0', '--control-port', '0']
let home: Home
beforeEach(async () => {
  home = await temporaryHome()
})
afterEach(() => home.remove())

interface Ready {
  ready: boolean
  issuer: string
  control: string | null
  token: string | null
}
const readyOf = ({ first }: Serving) => JSON.parse(first) as Ready
const callStatus = ({ control, token }: Ready) =>
  fetch(`${control}/api/call/status.get`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  })

describe('serve --json', () => {
  test('prints one line once it answers, and keeps stdout to that', async () => {
    const serving = await startServe(home, [...freePorts, '--db', ':memory:', '--json'])
    const ready = readyOf(serving)
    expect(ready).toEqual({
      ready: true,
      issuer: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      sampleApp: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    })
    const metadata = await (await fetch(`${ready.issuer}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({ issuer: ready.issuer })
    expect((await callStatus(ready)).status).toBe(200)
    expect(await serving.stop()).toBe(0)
    expect(serving.out()).toBe(`${serving.first}\n`)
  })

  test('with --no-control has neither control API nor token', async () => {
    const serving = await startServe(home, [...freePorts, '--db', ':memory:', '--json', '--no-control'])
    expect(readyOf(serving)).toMatchObject({ ready: true, control: null, token: null })
    const { code, err } = await grantscope(home, ['token', '--user', 'alice'])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('--no-control') })
    const decoded = await grantscope(home, ['decode', 'eyJhbGciOiJub25lIn0.e30.'])
    expect(decoded).toMatchObject({ code: 0, out: expect.stringContaining('"none"') })
    await serving.stop()
  })

  test('with --no-ui serves the control API without pages', async () => {
    const serving = await startServe(home, [...freePorts, '--db', ':memory:', '--json', '--no-ui'])
    const ready = readyOf(serving)
    expect((await fetch(`${ready.control}/`)).status).toBe(404)
    expect((await callStatus(ready)).status).toBe(200)
    await serving.stop()
  })

  test('with --https serves the issuer with a certificate that is kept and can be trusted', async () => {
    const args = [...freePorts, '--db', join(home.folder, 'g.db'), '--json', '--https']
    const serving = await startServe(home, args)
    const { issuer } = readyOf(serving)
    expect(issuer).toMatch(/^https:/)
    await expect(fetch(`${issuer}/jwks`)).rejects.toThrow()
    const certFile = join(home.folder, 'grantscope-cert.pem')
    home.env.NODE_EXTRA_CA_CERTS = certFile
    const cert = await readFile(certFile, 'utf8')
    const { createTrustingFetch } = await import('../../electron/host/trusting-fetch.ts')
    const answer = await createTrustingFetch(issuer, cert)(new Request(`${issuer}/jwks`))
    expect(await answer.json()).toMatchObject({ keys: expect.any(Array) })
    await serving.stop()
    const again = await startServe(home, args)
    await again.stop()
    expect(await readFile(certFile, 'utf8')).toBe(cert)
  })

  test('with --issuer says so in every token, and answers where it listens', async () => {
    const args = [...freePorts, '--db', ':memory:', '--json', '--issuer', 'https://auth.example.test/']
    const serving = await startServe(home, args)
    const { issuer } = readyOf(serving)
    const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({ issuer: 'https://auth.example.test' })
    await serving.stop()
  })

  test('with --allowed-host and --trust-proxy goes by what the request and its proxy say', async () => {
    const flags = [
      '--allowed-host',
      'App.test',
      '--allowed-host',
      'other.test',
      '--trust-proxy',
      '--no-control',
    ]
    const serving = await startServe(home, ['--port', '0', '--db', ':memory:', '--json', ...flags])
    const { port } = new URL(readyOf(serving).issuer)
    const issuerAt = async (headers: string) => {
      const request = `GET /.well-known/openid-configuration HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`
      return /"issuer":"([^"]+)"/.exec(await exchangeRaw(Number(port), request))?.[1]
    }
    expect(await issuerAt(`Host: app.test:${port}`)).toBe(`http://app.test:${port}`)
    expect(await issuerAt('Host: other.test')).toBe('http://other.test')
    expect(await issuerAt('Host: third.test')).toBe(`http://127.0.0.1:${port}`)
    const forwarded = 'Host: app.test\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: id.test'
    expect(await issuerAt(forwarded)).toBe('https://id.test')
    await serving.stop()
  })

  test('with --config holds what the file says', async () => {
    const file = { users: [{ username: 'zoe', password: 'zebra' }], clients: [{ id: 'app' }] }
    await writeFile(join(home.folder, 'workspace.json'), JSON.stringify(file))
    const args = [...freePorts, '--db', ':memory:', '--json', '--config', 'workspace.json']
    const serving = await startServe(home, args)
    const { out } = await grantscope(home, ['call', 'users.list'])
    expect(JSON.parse(out)).toMatchObject([{ username: 'zoe' }])
    await serving.stop()
  })

  test('bound wider than loopback warns on stderr and in its status', async () => {
    const serving = await startServe(home, [...freePorts, '--db', ':memory:', '--json', '--host', '0.0.0.0'])
    const status = await (await callStatus(readyOf(serving))).json()
    expect(status).toMatchObject({ value: { warnings: [expect.stringContaining('Bound to 0.0.0.0')] } })
    await serving.stop()
    expect(serving.err()).toContain('warning: Bound to 0.0.0.0')
  })
})

describe('serve', () => {
  test('tells people where workbench and issuer are and how to try it', async () => {
    const serving = await startServe(home, [...freePorts])
    await expect.poll(serving.out).toContain('Ctrl+C')
    const out = serving.out()
    expect(out).toMatch(/Workbench +http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n/)
    expect(out).toMatch(/Issuer +http:\/\/127\.0\.0\.1:\d+\n/)
    expect(out).toContain('password=wonderland')
    expect(out).toContain(join(home.folder, 'grantscope', 'grantscope.db'))
    expect((await stat(join(home.folder, 'grantscope'))).mode & 0o077).toBe(0)
    await serving.stop()
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'closes cleanly on %s, also with an event stream open',
    async (signal) => {
      const serving = await startServe(home, [...freePorts, '--json'])
      const ready = readyOf(serving)
      const events = await fetch(`${ready.control}/api/events`, {
        headers: { authorization: `Bearer ${ready.token}` },
      })
      const text = events.text()
      expect(await serving.stop(signal)).toBe(0)
      expect(await text).toContain('id: ')
      await expect(stat(join(home.folder, 'grantscope', 'grantscope.db.server.json'))).rejects.toThrow(
        'ENOENT',
      )
    },
  )

  test('outlives a reader of its stdout that has gone', async () => {
    const serving = await startServe(home, [...freePorts, '--db', ':memory:', '--json'])
    serving.process.stdout.destroy()
    const ready = readyOf(serving)
    expect((await callStatus(ready)).status).toBe(200)
    expect(await serving.stop()).toBe(0)
  })

  test('keeps its users when killed, and is not found any more', async () => {
    const first = await startServe(home, [...freePorts, '--json'])
    const made = ['call', 'users.create', '{"username":"kim","password":"kept"}']
    expect((await grantscope(home, made)).code).toBe(0)
    await first.stop('SIGKILL')
    expect((await grantscope(home, ['call', 'status.get'])).err).toContain('no Grantscope is running')
    const second = await startServe(home, [...freePorts, '--json'])
    expect((await grantscope(home, ['call', 'users.get', '{"id":"kim"}'])).out).toContain('"kim"')
    await second.stop()
  })
})

describe('commands that ask a running server', () => {
  let shared: Home
  let serving: Serving
  let ready: Ready
  beforeAll(async () => {
    shared = await temporaryHome()
    serving = await startServe(shared, [...freePorts, '--json'])
    ready = readyOf(serving)
  })
  afterAll(async () => {
    await serving.stop()
    await shared.remove()
  })
  const run = (...args: string[]) => grantscope(shared, args)
  const freshToken = async () => (await run('token', '--user', 'alice', '--scope', 'read')).out.trim()

  test('token prints an access token the API accepts', async () => {
    const headers = { authorization: `Bearer ${await freshToken()}` }
    expect((await fetch(`${ready.issuer}/items`, { headers })).status).toBe(200)
    expect((await fetch(`${ready.issuer}/items`, { method: 'POST', headers })).status).toBe(403)
  })

  test('token --json prints the response, with the lifetime asked for', async () => {
    const { out } = await run('token', '--client', 'demo-service', '--lifetime', '60', '--json')
    expect(JSON.parse(out)).toMatchObject({ token_type: 'Bearer', expires_in: 60 })
  })

  test('token for nobody that is there names who is', async () => {
    const { code, err } = await run('token', '--user', 'zed')
    expect(code).toBe(1)
    expect(err).toMatch(/no user "zed"; there are: alice, bob/)
  })

  test('revoke takes a whole token or a jti, and the API refuses it at once', async () => {
    const token = await freshToken()
    const { jti } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
    expect(await run('revoke', token)).toEqual({ code: 0, out: `revoked ${jti}\n`, err: '' })
    const answer = await fetch(`${ready.issuer}/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(401)
    const again = await run('revoke', '--', jti)
    expect(again).toMatchObject({ code: 0, out: '', err: expect.stringContaining('nothing changed') })
    expect((await run('revoke', 'no-such-jti')).code).toBe(1)
  })

  test('export prints what was recorded as HAR, without its secrets', async () => {
    const body = new URLSearchParams({ grant_type: 'password', username: 'dave', password: 'davinci' })
    await fetch(`${ready.issuer}/token`, { method: 'POST', body })
    const { code, out } = await run('export', '--har')
    expect(code).toBe(0)
    const posted = JSON.parse(out).log.entries.map(
      ({ request }: { request: { postData?: { text: string } } }) => request.postData?.text,
    )
    expect(posted).toContain('grant_type=password&username=dave&password=REDACTED')
  })

  test('decode gives the verdict of the issuer', async () => {
    const token = await freshToken()
    expect((await run('decode', token)).out).toMatch(/^✓ Valid\n/)
    const [header, payload] = token.split('.')
    const forged = await run('decode', `${header}.${payload}.${'A'.repeat(342)}`)
    expect(forged).toMatchObject({ code: 0, out: expect.stringMatching(/^✗ Wrong signature\n/) })
    await run('revoke', token)
    expect((await run('decode', token)).out).toMatch(/^✗ Revoked\n/)
  })

  test('decode --jwks needs no server', async () => {
    const token = await freshToken()
    const elsewhere = await temporaryHome()
    const { code, out } = await grantscope(elsewhere, ['decode', token, '--jwks', `${ready.issuer}/jwks`])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^✓ Valid\n/) })
    await elsewhere.remove()
  })

  test('decode follows the clock of the issuer', async () => {
    const token = await freshToken()
    await run('call', 'clock.set', '{"offsetMs":3600000}')
    const { out } = await run('decode', token)
    await run('call', 'clock.set', '{"offsetMs":0}')
    expect(out).toMatch(/^✗ Expired\n/)
    expect(out).toMatch(/exp .*45 minutes ago|exp .*44 minutes ago/)
  })

  test('call prints JSON, and in one line what was wrong', async () => {
    expect(JSON.parse((await run('call', 'status.get')).out)).toMatchObject({
      issuer: ready.issuer,
      host: 'cli',
    })
    const { code, err } = await run('call', 'tokens.get', '{"jti":1,"more":2}')
    expect(code).toBe(1)
    expect(err).toMatch(/^grantscope: call: jti[^\n]*more[^\n]*\n$/)
  })

  test('a server elsewhere is reached by flags or environment, and wants its token', async () => {
    const elsewhere = await temporaryHome()
    const flags = ['--control', ready.control!, '--token', ready.token!]
    expect((await grantscope(elsewhere, ['call', 'status.get', ...flags])).code).toBe(0)
    Object.assign(elsewhere.env, { GRANTSCOPE_CONTROL: ready.control, GRANTSCOPE_TOKEN: ready.token })
    expect((await grantscope(elsewhere, ['call', 'status.get'])).code).toBe(0)
    elsewhere.env.GRANTSCOPE_TOKEN = 'stale'
    const { code, err } = await grantscope(elsewhere, ['call', 'status.get'])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('does not know this token') })
    await elsewhere.remove()
  })
})
