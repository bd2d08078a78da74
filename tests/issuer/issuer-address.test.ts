import { decodeJwt, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { locationOf, openBrowser, REQUEST } from '../support/browser.ts'
import { bearer, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'
import { openTwo, tokensAt, warningsOf } from '../support/second-issuer.ts'

const METADATA = '/.well-known/openid-configuration'
const PASSWORD = { grant_type: 'password', username: 'alice', password: 'wonderland' }

const listening = (issuer: Issuer): Issuer => {
  issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [] })
  return issuer
}

/** What the issuer calls itself when it is asked under this URL. */
const namedAt = async (issuer: Issuer, url: string, headers: Record<string, string> = {}) =>
  (await issuer.get(url + METADATA, headers)).body.issuer

describe('without --issuer, the issuer goes by the host it is asked under', () => {
  test.each([
    'http://127.0.0.1:4400',
    'http://localhost:4400',
    'http://[::1]:4400',
    'https://localhost:8443',
  ])('among the loopback names: %s', async (url) => {
    const issuer = listening(await openTwo())
    expect(await namedAt(issuer, url)).toBe(url)
    expect(await namedAt(issuer, `${url}/acme`)).toBe(`${url}/acme`)
    expect(await warningsOf(issuer)).toEqual({})
  })

  test('and those of --allowed-host, whatever the port', async () => {
    const issuer = listening(await openTwo({ allowedHosts: ['host.docker.internal'] }))
    for (const port of ['', ':4400', ':8080']) {
      const url = `http://host.docker.internal${port}`
      expect(await namedAt(issuer, url)).toBe(url)
      expect(await namedAt(issuer, `${url}/acme`)).toBe(`${url}/acme`)
    }
    expect(await warningsOf(issuer)).toEqual({})
  })

  test('and no other: then by the address it listens on, and the trace says how to mend it', async () => {
    const issuer = listening(await openTwo())
    expect(await namedAt(issuer, 'http://app.test:4400/acme')).toBe(`${ISSUER}/acme`)
    const { observed, hint } = (await warningsOf(issuer))['issuer.address']!
    expect(observed).toBe('asked under http://app.test:4400')
    expect(hint).toContain('--allowed-host app.test')
    const { body } = await issuer.postForm('http://app.test:4400/token', PASSWORD)
    expect(decodeJwt(String(body.access_token)).iss).toBe(ISSUER)
    expect(await warningsOf(issuer)).toHaveProperty('issuer.address')
  })

  test('a token is good under all names of one socket', async () => {
    const issuer = listening(await openTwo({ allowedHosts: ['host.docker.internal'] }))
    const { body } = await issuer.postForm('http://host.docker.internal:4400/acme/token', PASSWORD)
    expect(decodeJwt(String(body.access_token)).iss).toBe('http://host.docker.internal:4400/acme')
    const shown = bearer(String(body.access_token))
    for (const host of ['127.0.0.1', 'localhost', 'host.docker.internal']) {
      expect((await issuer.get(`http://${host}:4400/acme/me`, shown)).status, host).toBe(200)
    }
  })

  test('but not under another port, and the refusal says both URLs', async () => {
    const issuer = listening(await openTwo({ allowedHosts: ['app.test'] }))
    const { body } = await issuer.postForm('http://app.test:8080/token', PASSWORD)
    expect((await issuer.get(`${ISSUER}/me`, bearer(String(body.access_token)))).status).toBe(401)
    const { check, observed, expected, hint } = await issuer.failedCheck()
    expect(check).toBe('bearer.token-issuer')
    expect(observed).toBe('iss "http://app.test:8080"')
    expect(expected).toContain(ISSUER)
    expect(hint).toContain('--issuer')
  })
})

describe('X-Forwarded-Proto and X-Forwarded-Host', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'id.test' }

  test('are ignored', async () => {
    const issuer = listening(await openTwo())
    expect(await namedAt(issuer, ISSUER, forwarded)).toBe(ISSUER)
    const { observed } = (await warningsOf(issuer))['issuer.address']!
    expect(observed).toBe('asked under https://id.test')
  })

  test('make the URL with --trust-proxy', async () => {
    const issuer = listening(await openTwo({ trustProxy: true }))
    expect(await namedAt(issuer, ISSUER, forwarded)).toBe('https://id.test')
    expect(await namedAt(issuer, `${ISSUER}/acme`, forwarded)).toBe('https://id.test/acme')
    expect(await warningsOf(issuer)).toEqual({})
    expect(await namedAt(issuer, ISSUER)).toBe(ISSUER)
    const alone = { 'x-forwarded-proto': 'https' }
    expect(await namedAt(issuer, 'http://id.test:8080', alone)).toBe('https://id.test:8080')
    const chain = { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'id.test:8443, inner' }
    expect(await namedAt(issuer, ISSUER, chain)).toBe('https://id.test:8443')
  })

  test.each<Record<string, string>>([
    { 'x-forwarded-proto': 'javascript' },
    { 'x-forwarded-host': 'id.test/path' },
    { 'x-forwarded-host': 'user@id.test' },
    { 'x-forwarded-host': 'a b' },
    { 'x-forwarded-host': 'id.test:99999' },
    { 'x-forwarded-host': ',' },
  ])('that make no URL count for nothing: %j', async (headers) => {
    const issuer = listening(await openTwo({ trustProxy: true }))
    expect(await namedAt(issuer, ISSUER, headers)).toBe(ISSUER)
  })
})

describe('--issuer with a path', () => {
  const FIXED = 'https://id.test/auth'
  const open = () => openTwo({ issuer: FIXED })

  test.each([
    ['a proxy that keeps the path', '/auth'],
    ['a proxy that strips it', ''],
  ])('works behind %s', async (_what, prefix) => {
    const issuer = await open()
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'id.test' }
    expect(await namedAt(issuer, ISSUER + prefix, headers)).toBe(FIXED)
    expect(await namedAt(issuer, `${ISSUER + prefix}/acme`, headers)).toBe(`${FIXED}/acme`)
    expect(await warningsOf(issuer)).toEqual({})
    const { access } = await tokensAt(issuer, `${prefix}/acme`)
    expect(decodeJwt(access)).toMatchObject({ iss: `${FIXED}/acme`, aud: `${FIXED}/acme` })
    expect((await issuer.get(`${prefix}/acme/me`, bearer(access))).status).toBe(200)
    expect((await issuer.get(`${prefix}/me`, bearer(access))).status).toBe(401)
  })

  test.each([
    ['/.well-known/oauth-authorization-server/auth', FIXED],
    ['/.well-known/oauth-authorization-server/auth/acme', `${FIXED}/acme`],
    ['/.well-known/openid-configuration/auth', FIXED],
  ])('has its metadata at %s too (RFC 8414 3.1)', async (path, url) => {
    const issuer = await open()
    expect((await issuer.get(path)).body.issuer).toBe(url)
  })

  test('cookies and Swagger UI stay under the path', async () => {
    const issuer = await open()
    const [cookie] = (await issuer.get(`/authorize?${new URLSearchParams(REQUEST)}`)).headers.getSetCookie()
    expect(cookie).toContain('; Path=/auth;')
    const login = await issuer.postForm('/auth/acme/login', { username: 'dave', password: 'davinci' })
    expect(login.headers.getSetCookie()[0]).toContain('; Path=/auth/acme;')
    expect((await issuer.get('/auth/openapi.json')).body.servers).toEqual([{ url: '/auth' }])
  })

  test('no issuer may be called like it', async () => {
    const issuer = await open()
    const answer = await issuer.grantscope.dispatch('issuers.create', { name: 'auth' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_input', issues: [{ path: 'name' }] } })
  })
})

describe('a client that expects another issuer', () => {
  test('learns it from metadata fetched under a host that --issuer does not name', async () => {
    const issuer = await openIssuer({ issuer: 'https://id.test' })
    expect(await namedAt(issuer, 'http://grantscope:4400')).toBe('https://id.test')
    const { observed, hint } = (await warningsOf(issuer))['issuer.address']!
    expect(observed).toBe('asked under http://grantscope:4400')
    expect(hint).toContain('point them at https://id.test')
  })

  test('may ask for tokens under any host while --issuer fixes the URL', async () => {
    const issuer = await openIssuer({ issuer: 'https://id.test' })
    const { body } = await issuer.postForm('http://grantscope:4400/token', PASSWORD)
    expect(decodeJwt(String(body.access_token)).iss).toBe('https://id.test')
    expect(await warningsOf(issuer)).toEqual({})
  })

  test('learns it from an assertion addressed to another issuer of ours', async () => {
    const secret = 'a secret of at least thirty-two bytes'
    const clients = [
      {
        id: 'signer',
        secret,
        authMethods: ['client_secret_jwt' as const],
        grantTypes: ['client_credentials' as const],
      },
    ]
    const issuer = await openTwo({ workspace: { issuers: [{ name: 'acme' }], clients } })
    const ask = async (aud: string, prefix: string) => {
      const assertion = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('signer')
        .setSubject('signer')
        .setAudience(aud)
        .setJti(crypto.randomUUID())
        .setExpirationTime(START / 1000 + 60)
        .sign(new TextEncoder().encode(secret))
      return issuer.postForm(`${prefix}/token`, {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      })
    }
    expect((await ask(`${ISSUER}/acme/token`, '/acme')).status).toBe(200)
    expect(await warningsOf(issuer)).not.toHaveProperty('issuer.own')
    expect((await ask(`${ISSUER}/acme/token`, '')).body.error).toBe('invalid_client')
    expect((await warningsOf(issuer))['issuer.own']!.observed).toContain(`issuer acme (${ISSUER}/acme)`)
    expect((await ask(ISSUER, '/acme')).body.error).toBe('invalid_client')
    expect((await warningsOf(issuer))['issuer.own']!.observed).toContain(`issuer default (${ISSUER})`)
    expect((await ask('https://elsewhere.test', '/acme')).body.error).toBe('invalid_client')
    expect(await warningsOf(issuer)).not.toHaveProperty('issuer.own')
  })

  test('gets iss of its own issuer with the code (RFC 9207 2)', async () => {
    const issuer = await openTwo()
    for (const prefix of ['', '/acme']) {
      const location = locationOf(await openBrowser(issuer, prefix).logIn('alice'))
      expect(new URL(location).searchParams.get('iss')).toBe(ISSUER + prefix)
    }
  })
})
