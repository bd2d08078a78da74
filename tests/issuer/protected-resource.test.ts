import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { answerOf, CALLBACK, openBrowser, VERIFIER } from '../support/browser.ts'
import { bearer, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

// The sample API as a resource that describes itself (RFC 9728).

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

const metadataUrl = (challenge: string | null): string =>
  /resource_metadata="([^"]+)"/.exec(challenge ?? '')![1]!

describe('the metadata', () => {
  test.each(['', '/me', '/items'])('of the resource %j names it as it was asked for (3.3)', async (route) => {
    const { status, body } = await (await openIssuer()).get(WELL_KNOWN + route)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      resource: ISSUER + route,
      authorization_servers: [ISSUER],
      bearer_methods_supported: ['header'],
      dpop_bound_access_tokens_required: false,
      dpop_signing_alg_values_supported: expect.arrayContaining(['ES256']),
    })
  })

  test('names scopes that there are', async () => {
    const issuer = await openIssuer()
    const scopes = async () => (await issuer.get(`${WELL_KNOWN}/items`)).body.scopes_supported
    expect(await scopes()).toEqual(['read', 'write'])
    await issuer.call('scopes.delete', { name: 'write' })
    expect(await scopes()).toEqual(['read'])
    expect((await issuer.get(`${WELL_KNOWN}/me`)).body).not.toHaveProperty('scopes_supported')
  })

  test('of an issuer with a name lies where RFC 9728 3.1 puts it', async () => {
    const issuer = await openIssuer({ workspace: { issuers: [{ name: 'tenant' }] } })
    for (const route of ['', '/items']) {
      const { body } = await issuer.get(`${WELL_KNOWN}/tenant${route}`)
      expect(body).toMatchObject({
        resource: `${ISSUER}/tenant${route}`,
        authorization_servers: [`${ISSUER}/tenant`],
      })
    }
    const { headers } = await issuer.get('/tenant/items')
    expect(metadataUrl(headers.get('www-authenticate'))).toBe(`${ISSUER}${WELL_KNOWN}/tenant/items`)
  })

  test('of an issuer whose public URL has a path as well', async () => {
    const issuer = await openIssuer({ issuer: 'https://login.example.com/base' })
    const { headers } = await issuer.get('/items')
    const url = metadataUrl(headers.get('www-authenticate'))
    expect(url).toBe(`https://login.example.com${WELL_KNOWN}/base/items`)
    expect((await issuer.get(new URL(url).pathname)).body.resource).toBe(
      'https://login.example.com/base/items',
    )
  })

  test('is named by the metadata of the issuer (4)', async () => {
    const { body } = await (await openIssuer()).get('/.well-known/oauth-authorization-server')
    expect(body.protected_resources).toEqual([ISSUER, `${ISSUER}/me`, `${ISSUER}/items`])
  })
})

describe('a 401 of the sample API', () => {
  test.each([
    ['without a token', {}],
    ['with a wrong one', bearer('x.y.z')],
  ])('%s says where the metadata is (5.1)', async (_what, headers) => {
    const issuer = await openIssuer()
    for (const route of ['/me', '/items']) {
      const answer = await issuer.get(route, headers)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
      expect(metadataUrl(answer.headers.get('www-authenticate'))).toBe(`${ISSUER}${WELL_KNOWN}${route}`)
    }
  })

  test('userinfo is no resource of its own', async () => {
    const answer = await (await openIssuer()).get('/userinfo')
    expect(answer.headers.get('www-authenticate')).not.toContain('resource_metadata')
  })
})

/** What a client of the Model Context Protocol does with nothing but the URL of an API (its authorization spec). */
async function connect(issuer: Issuer, api: string): Promise<{ token: string; steps: string[] }> {
  const steps: string[] = []
  const get = async (url: string) => {
    steps.push(url.slice(ISSUER.length))
    return issuer.get(url)
  }
  const refused = await get(api)
  const resource = (await get(metadataUrl(refused.headers.get('www-authenticate')))).body
  if (resource.resource !== api) throw new Error(`metadata of ${resource.resource}`)
  const [server] = resource.authorization_servers as string[]
  const { origin, pathname } = new URL(server!)
  const path = pathname === '/' ? '' : pathname
  const { body: metadata } = await get(`${origin}/.well-known/oauth-authorization-server${path}`)
  if (metadata.issuer !== server) throw new Error(`metadata of ${metadata.issuer}`)
  const registered = await issuer.postJson(String(metadata.registration_endpoint), {
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    client_name: 'A client that knows nothing',
  })
  expect(registered.status).toBe(201)
  const client_id = String(registered.body.client_id)
  const code = await logIn(issuer, String(metadata.authorization_endpoint), {
    client_id,
    resource: api,
    scope: (resource.scopes_supported as string[]).join(' '),
  })
  const { status, body } = await issuer.postForm(String(metadata.token_endpoint), {
    grant_type: 'authorization_code',
    client_id,
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    resource: api,
  })
  expect(status).toBe(200)
  return { token: String(body.access_token), steps }
}

async function logIn(issuer: Issuer, endpoint: string, parameters: Record<string, string>): Promise<string> {
  const browser = openBrowser(issuer)
  const query = new URLSearchParams({
    response_type: 'code',
    redirect_uri: CALLBACK,
    state: 'xyz',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  })
  const asked = await browser.get(`${endpoint}?${query}`)
  const inside = (location: string | null) => new URL(location!, endpoint).href
  const login = await browser.get(inside(asked.headers.get('location')))
  const post = (page: typeof login, fields: Record<string, string>) =>
    browser.post(inside('interaction'), {
      id: /name="id" value="([^"]*)"/.exec(page.text)![1]!,
      ...fields,
    })
  const passed = await post(login, { username: 'alice', password: 'wonderland' })
  const consent = await browser.get(inside(passed.headers.get('location')))
  expect(consent.text).toContain(parameters.resource)
  const scopes = parameters.scope!.split(' ').map((scope) => [`scope:${scope}`, 'on'])
  const { code } = answerOf(await post(consent, { decision: 'allow', ...Object.fromEntries(scopes) }))
  return code!
}

describe('a client that knows only the URL of the API', () => {
  test('finds the issuer, registers, logs in for that API, and is let in', async () => {
    const issuer = await openIssuer()
    const { token, steps } = await connect(issuer, `${ISSUER}/items`)
    expect(steps).toEqual([
      '/items',
      '/.well-known/oauth-protected-resource/items',
      '/.well-known/oauth-authorization-server',
    ])
    expect((await issuer.get('/items', bearer(token))).status).toBe(200)
    expect((await issuer.get('/me', bearer(token))).status).toBe(401)
  })

  test('at an issuer with a name as well', async () => {
    const issuer = await openIssuer({ workspace: { issuers: [{ name: 'tenant' }] } })
    const { token } = await connect(issuer, `${ISSUER}/tenant/items`)
    expect((await issuer.get('/tenant/items', bearer(token))).status).toBe(200)
    expect((await issuer.get('/items', bearer(token))).status).toBe(401)
  })
})
