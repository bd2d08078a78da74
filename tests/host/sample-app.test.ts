import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Launched, type LaunchOptions, launch } from '../../electron/host/launch.ts'
import { ListenError } from '../../electron/host/listen.ts'
import { type ContractClient, createClient } from '../../shared/contract/client.ts'
import { quickDemo } from '../support/core.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { exchangeRaw } from './raw.ts'

let running: Launched
let app: string
let client: ContractClient
let close: () => Promise<void>

async function start(options: Partial<LaunchOptions> = {}) {
  const folder = await temporaryFolder()
  const launched = await launch({
    kind: 'cli',
    version: '0.0.0-test',
    database: ':memory:',
    host: '127.0.0.1',
    port: 0,
    controlPort: null,
    ui: null,
    sampleApp: { port: 0, mayMove: true },
    workspace: quickDemo,
    stateFile: `${folder.path}/server.json`,
    log: (line) => console.error(line),
    ...options,
  })
  return {
    launched,
    async stop() {
      await launched.close()
      await folder.remove()
    },
  }
}

beforeAll(async () => {
  const { launched, stop } = await start()
  running = launched
  close = stop
  app = launched.sampleApp!
  client = createClient({ call: launched.core.dispatch, subscribe: () => () => {} })
})
afterAll(() => close())
beforeEach(async () => {
  await client.call('clock.set', { offsetMs: 0, frozen: false })
  await client.call('settings.update', { apiClockSkew: 0 })
})

/** Tokens of alice, for the sample API unless said otherwise. */
async function logIn(scope = 'openid read write', resource: string | null = `${app}/api`) {
  const body = new URLSearchParams({
    grant_type: 'password',
    client_id: 'demo-spa',
    username: 'alice',
    password: 'wonderland',
    scope,
  })
  if (resource !== null) body.set('resource', resource)
  const answer = await fetch(`${running.issuer}/token`, { method: 'POST', body })
  return (await answer.json()) as { access_token: string; id_token: string; refresh_token: string }
}

async function items(token: string | null, init: RequestInit = {}) {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${app}/api/items`, { ...init, headers: authorization })
  const challenge = response.headers.get('www-authenticate')
  return { status: response.status, challenge, body: (await response.json()) as Record<string, unknown> }
}

/** The last exchange, as the trace has it, and what was found in its trace. */
async function lastNoted() {
  const [last] = (await client.call('exchanges.list', { limit: 1 })).rows
  const exchange = await client.call('exchanges.get', { id: last!.id })
  const { findings, exchanges } = await client.call('traces.get', { id: exchange.traceId })
  return { exchange, findings: findings.map(({ rule }) => rule), endpoints: exchanges.map((e) => e.endpoint) }
}

describe('the API of the sample app', () => {
  test('lists its items for a token with the scope read', async () => {
    const { access_token } = await logIn('read')
    const { status, body } = await items(access_token)
    expect([status, body]).toEqual([200, expect.any(Array)])
  })

  test('adds an item for a token with the scope write, in the name of its subject', async () => {
    const { access_token } = await logIn()
    const added = await items(access_token, { method: 'POST', body: '{"title":" A golden key "}' })
    expect(added).toMatchObject({ status: 201, body: { title: 'A golden key', owner: 'alice' } })
    expect((await items(access_token)).body).toContainEqual(added.body)
  })

  test.each(['', '{"title":""}', '{"title":7}', `{"title":"${'x'.repeat(121)}"}`, '[]', '{'])(
    'takes no item such as %j',
    async (body) => {
      const { access_token } = await logIn()
      const refused = await items(access_token, { method: 'POST', body })
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' }, challenge: null })
    },
  )

  test('without a token asks for one, and says nothing of an error (RFC 6750 3.1)', async () => {
    const { status, challenge } = await items(null)
    expect(status).toBe(401)
    expect(challenge).toBe(`Bearer resource_metadata="${app}/.well-known/oauth-protected-resource/api"`)
  })

  test('describes itself where the challenge says (RFC 9728 3)', async () => {
    const url = /resource_metadata="([^"]+)"/.exec((await items(null)).challenge!)![1]!
    expect(await (await fetch(url)).json()).toMatchObject({
      resource: `${app}/api`,
      authorization_servers: [running.issuer],
    })
  })

  test('wants the scope, and names the one that lacks', async () => {
    const { access_token } = await logIn('read')
    const { status, challenge, body } = await items(access_token, { method: 'POST', body: '{"title":"x"}' })
    expect([status, body.error]).toEqual([403, 'insufficient_scope'])
    expect(challenge).toMatch(/^Bearer error="insufficient_scope", scope="write", /)
  })

  test('takes no token for another audience, and the trace says so', async () => {
    const { access_token } = await logIn('read', null)
    const { status, challenge } = await items(access_token)
    expect([status, challenge]).toEqual([401, expect.stringMatching(/^Bearer error="invalid_token", /)])
    const { exchange, findings, endpoints } = await lastNoted()
    expect(endpoints).toEqual(['token', 'sample-api'])
    expect(findings).toContain('wrong-audience')
    expect(exchange.verdicts.at(-1)).toMatchObject({
      check: 'bearer.token-audience',
      observed: `aud "${running.issuer}"`,
      expected: `${app}/api`,
    })
  })

  test('takes no ID token', async () => {
    const { id_token } = await logIn()
    expect((await items(id_token)).status).toBe(401)
    const { exchange, findings } = await lastNoted()
    expect(exchange.verdicts.at(-1)).toMatchObject({ check: 'bearer.token-type', observed: 'typ "JWT"' })
    expect(findings).toContain('id-token-as-access-token')
  })

  test("takes a token until it expires by the issuer's clock", async () => {
    const { access_token } = await logIn('read')
    const exp = decodeJwt(access_token).exp! * 1000
    await client.call('clock.set', { at: exp - 2_000, frozen: true })
    expect((await items(access_token)).status).toBe(200)
    await client.call('clock.set', { at: exp, frozen: true })
    const { status, body } = await items(access_token)
    expect([status, body.error_description]).toEqual([401, 'Token expired'])
  })

  test('has the clock skew that Settings give sample APIs', async () => {
    const { access_token } = await logIn('read')
    await client.call('settings.update', { apiClockSkew: 86_400 })
    expect((await items(access_token)).status).toBe(401)
  })

  test('takes no token that somebody else signed, whatever it says', async () => {
    const { access_token } = await logIn('read')
    const { privateKey } = await generateKeyPair('ES256')
    const [header] = access_token.split('.')
    const { kid } = JSON.parse(Buffer.from(header!, 'base64url').toString()) as { kid: string }
    const sign = (protectedHeader: object) =>
      new SignJWT(decodeJwt(access_token))
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...protectedHeader })
        .sign(privateKey)
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    for (const forged of [
      await sign({ kid }),
      await sign({ kid: 'unknown' }),
      await sign({ kid: 'own', jwk: await exportJWK(publicKey) }),
    ]) {
      expect(await items(forged)).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    }
    expect((await lastNoted()).exchange.verdicts.at(-1)).toMatchObject({ check: 'bearer.token-genuine' })
  })

  test('takes no unsigned, changed or mangled token', async () => {
    const { access_token } = await logIn('read')
    const [header, payload, signature] = access_token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    const more = Buffer.from(JSON.stringify({ ...decodeJwt(access_token), scope: 'read write' }))
    const broken = [
      `${none}.${payload}.`,
      `${header}.${more.toString('base64url')}.${signature}`,
      `${header}.${payload}`,
      'x',
      '..',
      '%00',
    ]
    for (const token of broken) expect((await items(token)).status, token).toBe(401)
  })

  test('takes no token from the query', async () => {
    const { access_token } = await logIn('read')
    const response = await fetch(`${app}/api/items?access_token=${access_token}`)
    expect([response.status, response.headers.get('cache-control')]).toEqual([400, 'no-store'])
  })

  test('answers other methods and paths in kind', async () => {
    expect((await fetch(`${app}/api/items`, { method: 'DELETE' })).status).toBe(405)
    expect((await fetch(`${app}/api/other`)).status).toBe(404)
  })
})

describe('the pages of the sample app', () => {
  test('are there under a strict policy, also where the redirect URI leads', async () => {
    for (const path of ['/', '/callback?code=x', '/app.js', '/oauth.js', '/style.css']) {
      const response = await fetch(app + path)
      expect(response.status, path).toBe(200)
      const policy = response.headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain(`connect-src 'self' ${running.issuer};`)
      expect(policy).not.toContain('unsafe')
    }
    expect((await fetch(`${app}/%2e%2e/api.ts`)).status).toBe(404)
  })

  test('are not there for a name that was made to resolve here', async () => {
    const port = Number(new URL(app).port)
    const ask = (host: string) =>
      exchangeRaw(port, `GET /config.json HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await ask(`evil.test:${port}`)).toMatch(/^HTTP\/1\.1 403/)
    expect(await ask(`127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('the port of the sample app', () => {
  test('is in the status', async () => {
    expect((await client.call('status.get', {})).sampleApp).toBe(app)
  })

  test('moves with a warning when it is taken and nobody asked for it', async () => {
    const port = Number(new URL(app).port)
    const { launched, stop } = await start({ sampleApp: { port, mayMove: true } })
    onTestFinished(stop)
    expect(launched.sampleApp).not.toBe(app)
    expect(launched.warnings).toEqual([expect.stringContaining(`Port ${port} is not free`)])
  })

  test('that was asked for and is taken keeps everything from starting, and frees the other ports', async () => {
    const port = Number(new URL(app).port)
    await expect(start({ sampleApp: { port, mayMove: false } })).rejects.toThrow(ListenError)
  })

  test('is nowhere when it is off', async () => {
    const { launched, stop } = await start({ sampleApp: null })
    onTestFinished(stop)
    expect(launched.sampleApp).toBeNull()
  })
})
