import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { grantType } from '../../shared/contract/operations/clients.ts'
import { asClient, claimsOf, makeKey, registerSigner, secretSigner } from '../support/assertions.ts'
import { authorizationQuery } from '../support/browser.ts'
import { basic, type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

interface Metadata {
  issuer: string
  token_endpoint: string
  jwks_uri: string
  scopes_supported: string[]
  grant_types_supported: string[]
  token_endpoint_auth_methods_supported: string[]
}

const SECRET = 'a secret of thirty-two characters'
const documents = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']
const metadataOf = async (
  issuer: Issuer,
  path = documents[0]!,
): Promise<Metadata & Record<string, unknown>> => (await issuer.get(path)).body as never

describe('discovery', () => {
  test.each(documents)('%s answers JSON that names the issuer it came from', async (path) => {
    const issuer = await openIssuer()
    const { status, headers, body } = await issuer.get(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toMatchObject({
      issuer: ISSUER,
      token_endpoint: `${ISSUER}/token`,
      jwks_uri: `${ISSUER}/jwks`,
      introspection_endpoint: `${ISSUER}/introspect`,
      revocation_endpoint: `${ISSUER}/revoke`,
      authorization_endpoint: `${ISSUER}/authorize`,
      userinfo_endpoint: `${ISSUER}/userinfo`,
      response_types_supported: ['code'],
    })
  })

  test('both documents say the same', async () => {
    const issuer = await openIssuer()
    expect(await metadataOf(issuer, documents[0])).toEqual(await metadataOf(issuer, documents[1]))
  })

  test("the issuer is the iss of the tokens, under each of the issuer's names", async () => {
    const issuer = await openIssuer()
    const body = 'grant_type=password&username=alice&password=wonderland'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const host of ['localhost:4400', '127.0.0.1:4400', '[::1]:4400']) {
      const metadata = await issuer.send(`http://${host}${documents[0]}`)
      const login = await issuer.send(`http://${host}/token`, { method: 'POST', headers, body })
      expect(metadata.body.issuer).toBe(`http://${host}`)
      expect(decodeJwt(String(login.body.access_token)).iss).toBe(metadata.body.issuer)
    }
  })

  test('a fixed issuer URL is named whatever host the request came to', async () => {
    const issuer = await openIssuer({ issuer: 'https://issuer.test/auth' })
    expect(await metadataOf(issuer)).toMatchObject({
      issuer: 'https://issuer.test/auth',
      token_endpoint: 'https://issuer.test/auth/token',
      jwks_uri: 'https://issuer.test/auth/jwks',
    })
  })

  test('behind another host name it names where the host listens, not what a Host header says', async () => {
    const issuer = await openIssuer()
    issuer.grantscope.listening({ issuer: 'http://127.0.0.1:4400', control: null, warnings: [] })
    const { body } = await issuer.send(`http://evil.test${documents[0]}`)
    expect(body.issuer).toBe('http://127.0.0.1:4400')
  })

  test('is fetched anew each time, for it changes while running', async () => {
    const issuer = await openIssuer()
    expect((await issuer.get(documents[0]!)).headers.get('cache-control')).toBe('no-cache')
    await issuer.call('scopes.create', { name: 'fly', description: '' })
    expect((await metadataOf(issuer)).scopes_supported).toContain('fly')
    await issuer.call('scopes.delete', { name: 'fly' })
    expect((await metadataOf(issuer)).scopes_supported).not.toContain('fly')
  })
})

describe('pitfall: discovery advertises nothing that is refused', () => {
  test('every URL it names is there', async () => {
    const issuer = await openIssuer()
    const metadata = await metadataOf(issuer)
    const urls = Object.entries(metadata).filter(
      ([name, value]) => /_(endpoint|uri|documentation)$/.test(name) && typeof value === 'string',
    )
    expect(urls.length).toBeGreaterThan(3)
    for (const [name, url] of urls) {
      const statuses = [await issuer.get(String(url)), await issuer.postForm(String(url), {})]
      expect(
        statuses.map(({ status }) => status),
        name,
      ).not.toContain(404)
    }
  })

  test('every grant type is spoken', async () => {
    const issuer = await openIssuer()
    const { grant_types_supported } = await metadataOf(issuer)
    expect(grant_types_supported).toEqual([
      'authorization_code',
      'password',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ])
    for (const grant_type of grant_types_supported) {
      expect((await issuer.token({ grant_type })).body.error).not.toBe('unsupported_grant_type')
    }
  })

  test('a grant type that clients may be registered for is spoken', async () => {
    const issuer = await openIssuer()
    const { grant_types_supported } = await metadataOf(issuer)
    expect([...grant_types_supported].sort()).toEqual([...grantType.options].sort())
  })

  test('a request can be pushed where it says', async () => {
    const issuer = await openIssuer()
    const { pushed_authorization_request_endpoint: url } = await metadataOf(issuer)
    expect(url).toBe(`${ISSUER}/par`)
    const request = Object.fromEntries(authorizationQuery({}))
    expect((await issuer.postForm(String(url), request)).status).toBe(201)
  })

  test('a device can begin at the device authorization endpoint', async () => {
    const issuer = await openIssuer()
    const { device_authorization_endpoint: url } = await metadataOf(issuer)
    expect(url).toBe(`${ISSUER}/device_authorization`)
    const { status, body } = await issuer.postForm(String(url), { client_id: 'demo-device' })
    expect(status).toBe(200)
    expect((await issuer.get(String(body.verification_uri))).status).toBe(200)
  })

  test('every scope can be asked for', async () => {
    const issuer = await openIssuer()
    const { scopes_supported } = await metadataOf(issuer)
    const { scope } = await issuer.login('alice', { scope: scopes_supported.join(' ') })
    expect(scope.split(' ')).toEqual(scopes_supported)
  })

  test('a list with nothing in it is left out (RFC 8414 3.2)', async () => {
    const issuer = await openIssuer()
    for (const name of (await metadataOf(issuer)).scopes_supported)
      await issuer.call('scopes.delete', { name })
    const metadata = await metadataOf(issuer)
    expect(Object.keys(metadata)).not.toContain('scopes_supported')
    expect(Object.values(metadata).filter((value) => Array.isArray(value) && value.length === 0)).toEqual([])
  })

  test('every client authentication method works', async () => {
    const issuer = await openIssuer()
    const key = await makeKey()
    const grantTypes = ['password' as const]
    await registerSigner(issuer, key, { grantTypes })
    await issuer.call('clients.create', {
      id: 'hmac',
      secret: SECRET,
      authMethods: ['client_secret_jwt'],
      grantTypes,
    })
    const requests: Record<string, [Fields, Fields]> = {
      none: [{ client_id: 'demo-spa' }, {}],
      client_secret_basic: [{}, basic('demo-web', 'demo-web-secret')],
      client_secret_post: [{ client_id: 'demo-web', client_secret: 'demo-web-secret' }, {}],
      client_secret_jwt: [asClient(await secretSigner(SECRET)(claimsOf('hmac'))), {}],
      private_key_jwt: [asClient(await key.sign(claimsOf('signer'))), {}],
    }
    const { token_endpoint_auth_methods_supported: methods } = await metadataOf(issuer)
    expect([...methods].sort()).toEqual(Object.keys(requests).sort())
    const login = { grant_type: 'password', username: 'alice', password: 'wonderland' }
    for (const method of methods) {
      const [fields, headers] = requests[method]!
      expect((await issuer.token({ ...login, ...fields }, headers)).status, method).toBe(200)
    }
  })

  test('every algorithm for client authentication works at each endpoint, and none is not among them', async () => {
    const issuer = await openIssuer()
    const metadata = await metadataOf(issuer)
    const algs = metadata.token_endpoint_auth_signing_alg_values_supported as string[]
    expect(algs).toEqual(expect.arrayContaining(['HS256', 'RS256', 'ES256', 'PS256', 'EdDSA']))
    expect(algs).not.toContain('none')
    expect(metadata.introspection_endpoint_auth_signing_alg_values_supported).toEqual(algs)
    expect(metadata.revocation_endpoint_auth_signing_alg_values_supported).toEqual(algs)
    for (const alg of algs) {
      const symmetric = alg.startsWith('HS')
      const signer = symmetric ? { sign: secretSigner(SECRET, alg) } : await makeKey(alg)
      await issuer.call('clients.create', {
        id: alg,
        authMethods: symmetric ? ['client_secret_jwt'] : ['private_key_jwt'],
        ...('jwk' in signer ? { jwks: { keys: [signer.jwk] } } : { secret: SECRET }),
      })
      for (const path of ['/introspect', '/revoke']) {
        const fields = { token: 'x', ...asClient(await signer.sign(claimsOf(alg))) }
        expect((await issuer.postForm(path, fields)).status, `${alg} at ${path}`).toBe(200)
      }
    }
  })

  test.each(['off', 'open', 'protected'] as const)(
    'clients can register where it says: %s',
    async (registration) => {
      const issuer = await openIssuer({ workspace: { settings: { registration } } })
      const endpoint = (await metadataOf(issuer)).registration_endpoint
      const { status } = await issuer.postJson('/register', { redirect_uris: ['https://app.example/cb'] })
      expect([endpoint, status]).toEqual(
        { off: [undefined, 404], open: [`${ISSUER}/register`, 201], protected: [`${ISSUER}/register`, 401] }[
          registration
        ],
      )
    },
  )
})
