import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { newIssuerName } from '../../shared/contract/values.ts'
import { LED_AT_ONCE } from '../support/browser.ts'
import { bearer, ISSUER, type Issuer, type Json, START } from '../support/issuer.ts'
import { openTwo, tokensAt, under } from '../support/second-issuer.ts'

const ACME = `${ISSUER}/acme`

const metadataAt = async (issuer: Issuer, path: string) => (await issuer.get(path)).body
const jwksAt = async (issuer: Issuer, prefix: string) =>
  (await issuer.get(`${prefix}/jwks`)).body as unknown as JSONWebKeySet

describe('an issuer with a name', () => {
  test.each([
    '/acme/.well-known/openid-configuration',
    '/.well-known/openid-configuration/acme',
    '/acme/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/acme',
  ])('has its metadata at %s', async (path) => {
    const metadata = await metadataAt(await openTwo(), path)
    expect(metadata).toMatchObject({
      issuer: ACME,
      token_endpoint: `${ACME}/token`,
      jwks_uri: `${ACME}/jwks`,
    })
  })

  test('names nothing that lies outside its own URL, and all it names answers there', async () => {
    const issuer = await openTwo()
    const metadata = await metadataAt(issuer, '/acme/.well-known/openid-configuration')
    const urls = Object.values(metadata).filter(
      (value): value is string => typeof value === 'string' && value.startsWith('http'),
    )
    expect(urls.length).toBeGreaterThan(8)
    for (const url of urls) {
      expect(url === ACME || url.startsWith(`${ACME}/`), url).toBe(true)
      if (url !== ACME) expect((await issuer.send(url)).status, url).not.toBe(404)
    }
  })

  test('has the same endpoints as the default one, which stay where they were', async () => {
    const issuer = await openTwo()
    for (const { path, methods } of endpoints.filter(({ path }) => !path.includes('{'))) {
      const method = methods[0]!
      const [root, named] = await Promise.all(
        ['', '/acme'].map((prefix) => issuer.send(prefix + path, { method })),
      )
      expect(named!.status, path).toBe(root!.status)
      expect(root!.body.path, path).toBeUndefined()
    }
  })

  test('that there is not is a 404 that names those there are', async () => {
    const issuer = await openTwo({ workspace: { issuers: [{ name: 'acme' }, { name: 'other' }] } })
    const { status, body } = await issuer.postForm('/acmee/token', {})
    expect(status).toBe(404)
    expect(body).toMatchObject({
      error: 'not_found',
      detail: 'There is no issuer acmee; the default one is at the root, or under /acme, /other',
    })
    expect((await issuer.get('/acme/nothing')).body).toMatchObject({
      detail: 'There is no such endpoint',
    })
  })

  test('cannot be called as a path of the default one', () => {
    const segments = endpoints.map(({ path }) => path.split('/')[1]!)
    const free = segments.filter((segment) => newIssuerName.safeParse(segment).success)
    expect(free).toEqual([])
    expect(newIssuerName.safeParse('acme').success).toBe(true)
  })

  test('signs with keys of its own, which it alone publishes', async () => {
    const issuer = await openTwo()
    const [ours, theirs] = [await jwksAt(issuer, ''), await jwksAt(issuer, '/acme')]
    // The other is for what is encrypted for the issuer.
    expect([ours, theirs].map(({ keys }) => keys.map(({ use }) => use))).toEqual([
      ['sig', 'enc'],
      ['sig', 'enc'],
    ])
    expect(theirs.keys[0]!.kid).not.toBe(ours.keys[0]!.kid)
    const { access, id } = await tokensAt(issuer, '/acme')
    const expected = { issuer: ACME, currentDate: new Date(START) }
    for (const token of [access, id]) {
      const { payload } = await jwtVerify(token, createLocalJWKSet(theirs), expected)
      expect(payload.sub).toBe('alice')
      await expect(jwtVerify(token, createLocalJWKSet(ours), expected)).rejects.toThrow('no applicable key')
    }
  })

  test('has settings of its own, and the default issuer’s where it says nothing', async () => {
    const issuers = [{ name: 'acme', settings: { accessTokenLifetime: 60 } }]
    const issuer = await openTwo({ workspace: { issuers } })
    const password = { grant_type: 'password', username: 'alice', password: 'wonderland' }
    expect((await issuer.postForm('/acme/token', password)).body.expires_in).toBe(60)
    expect((await issuer.token(password)).body.expires_in).toBe(900)
    await issuer.call('settings.update', { accessTokenLifetime: 120, refreshTokenLifetime: 240 })
    const { body } = await issuer.postForm('/acme/token', password)
    expect(body.expires_in).toBe(60)
    const { iat, exp } = decodeJwt(String(body.refresh_token))
    expect(exp! - iat!).toBe(240)
    await issuer.call('issuers.update', { name: 'acme', settings: { accessTokenLifetime: null } })
    expect((await issuer.postForm('/acme/token', password)).body.expires_in).toBe(120)
  })

  test('signs with its own algorithm, and checks by its own profile', async () => {
    const settings = { signingAlg: 'EdDSA', profile: 'strict', checkLevels: LED_AT_ONCE } as const
    const issuer = await openTwo({ workspace: { issuers: [{ name: 'acme', settings }] } })
    const types = async (prefix: string) =>
      (await jwksAt(issuer, prefix)).keys.filter(({ use }) => use === 'sig').map(({ kty }) => kty)
    expect([await types(''), await types('/acme')]).toEqual([['EC'], ['OKP']])
    // RFC 9700 2.1.1: without PKCE a public client is refused under strict only.
    const request = new URLSearchParams({
      client_id: 'demo-spa',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1/',
      state: 's',
    })
    const at = async (prefix: string) =>
      (await issuer.get(`${prefix}/authorize?${request}`)).headers.get('location')
    expect(await at('')).toMatch(/^interaction\?/)
    expect(await at('/acme')).toContain('error=invalid_request')
  })

  test('the tutorial works under its URL', async () => {
    const acme = under('/acme', await openTwo())
    const { access_token } = (
      await acme.token({ grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' })
    ).body
    const me = await acme.get('/me', bearer(String(access_token)))
    expect(me.body).toMatchObject({ username: 'alice' })
    expect((await acme.get('/items', bearer(String(access_token)))).status).toBe(200)
    const login = await acme.postForm('/login', { username: 'dave', password: 'davinci' })
    const [cookie] = login.headers.getSetCookie()
    expect(cookie).toMatch(/^session_id_acme=[^;]+; Path=\/acme;/)
    expect((await acme.get('/me', { cookie: cookie!.split(';')[0]! })).body).toMatchObject({
      username: 'dave',
    })
  })

  test('describes itself under its own URL, for Swagger UI', async () => {
    const issuer = await openTwo()
    const { body } = await issuer.get('/acme/openapi.json')
    expect(body.servers).toEqual([{ url: '/acme' }])
    const { securitySchemes } = body.components as { securitySchemes: Record<string, Json> }
    expect(JSON.stringify(securitySchemes)).toContain('"tokenUrl":"/acme/token"')
    expect(JSON.stringify(securitySchemes)).toContain('"name":"session_id_acme"')
    const page = await issuer.get('/acme/docs')
    expect(page.text).not.toMatch(/(?:src|href)="\//)
  })

  test('shows with each token and exchange which issuer it was', async () => {
    const issuer = await openTwo()
    await tokensAt(issuer, '/acme')
    await issuer.login('alice')
    const issuers = (rows: { issuer: string }[]) => [...new Set(rows.map(({ issuer }) => issuer))].sort()
    expect(issuers((await issuer.call('tokens.list', {})).rows)).toEqual(['acme', 'default'])
    expect(issuers((await issuer.call('exchanges.list', {})).rows)).toEqual(['acme', 'default'])
    expect(issuers((await issuer.call('exchanges.list', { issuer: 'acme' })).rows)).toEqual(['acme'])
    expect(issuers(await issuer.call('traces.list', {}))).toEqual(['acme', 'default'])
  })

  test('ends with everything that is of it', async () => {
    const issuer = await openTwo()
    const acme = under('/acme', issuer)
    const { access } = await tokensAt(issuer, '/acme')
    await issuer.call('issuers.delete', { name: 'acme' })
    expect((await acme.get('/me', bearer(access))).status).toBe(404)
    await issuer.call('issuers.create', { name: 'acme' })
    expect((await acme.get('/me', bearer(access))).status).toBe(401)
  })

  test('takes along the clients that registered there', async () => {
    const issuer = await openTwo()
    const register = async (prefix: string) =>
      (await issuer.postJson(`${prefix}/register`, { redirect_uris: ['http://127.0.0.1/cb'] })).body.client_id
    const [stays, goes] = [await register(''), await register('/acme')]
    await issuer.call('issuers.delete', { name: 'acme' })
    const left = (await issuer.call('clients.list', {})).map(({ id }) => id)
    expect([left.includes(String(stays)), left.includes(String(goes))]).toEqual([true, false])
  })
})
