import { describe, expect, test } from 'vitest'
import { answerOf, authorizationQuery, codeFields, openBrowser } from '../support/browser.ts'
import { approve, beginAt } from '../support/device.ts'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import {
  type Answer,
  basic,
  bearer,
  type Fields,
  ISSUER,
  type Issuer,
  type IssuerOptions,
  openIssuer,
  START,
} from '../support/issuer.ts'
import { totpCode } from '../support/totp.ts'

// Tokens for certain APIs (RFC 8707).

const A = 'https://a.example.com/'
const B = 'https://b.example.com/api'

const audienceOf = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString()).aud

const form = (issuer: Issuer, path: string, fields: Fields, resources: string[]): Promise<Answer> =>
  issuer.send(path, {
    method: 'POST',
    body: new URLSearchParams([
      ...Object.entries(fields),
      ...resources.map((resource): [string, string] => ['resource', resource]),
    ]),
  })

const LOGIN: Fields = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' }

/** alice logs in for these resources; the code is for the app. */
async function codeFor(resources: string[], options: IssuerOptions = {}) {
  const issuer = await openIssuer(options)
  const browser = openBrowser(issuer)
  const query = authorizationQuery({ scope: 'openid read' })
  for (const resource of resources) query.append('resource', resource)
  const login = await browser.follow(await browser.get(`/authorize?${query}`))
  const consent = await browser.follow(
    await browser.fill(login, { username: 'alice', password: 'wonderland' }),
  )
  const answer = await browser.fill(consent, { decision: 'allow', 'scope:openid': 'on', 'scope:read': 'on' })
  return { issuer, consent, code: answerOf(answer).code! }
}

describe('a token request', () => {
  test.each([
    [[], ISSUER],
    [[A], A],
    [
      [A, B],
      [A, B],
    ],
    [[A, A], A],
  ])('resources %j become the audience %j', async (resources, aud) => {
    const { status, body } = await form(await openIssuer(), '/token', LOGIN, resources)
    expect([status, audienceOf(body.access_token)]).toEqual([200, aud])
  })

  test.each(['api', '/api', 'https://a.example.com/#here', 'https://a.example.com/ b'])(
    'resource %s: invalid_target',
    async (resource) => {
      const issuer = await openIssuer()
      expectRefusal(await form(issuer, '/token', LOGIN, [resource]), {
        status: 400,
        error: 'invalid_target',
        description: 'A resource must be an absolute URI without a fragment',
      })
      expect((await issuer.failedCheck()).check).toBe('resource.syntax')
    },
  )

  test('21 resources are too many', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `${A}${index}`)
    const { body } = await form(await openIssuer(), '/token', LOGIN, many)
    expect(body).toMatchObject({ error: 'invalid_target', error_description: 'Too many resources' })
  })

  test('without a user as well', async () => {
    const issuer = await openIssuer()
    const { body } = await issuer.token(
      { grant_type: 'client_credentials', resource: A },
      basic('demo-service', 'demo-service-secret'),
    )
    expect(audienceOf(body.access_token)).toBe(A)
  })
})

describe('which resources there are', () => {
  test('any, where the workspace lists none', async () => {
    expect((await form(await openIssuer(), '/token', LOGIN, [A])).status).toBe(200)
  })

  test("those that are listed and the issuer's own API, where it lists some", async () => {
    const issuer = await openIssuer({ workspace: { settings: { resources: [A] } } })
    for (const resource of [A, ISSUER, `${ISSUER}/items`, `${ISSUER}/me`]) {
      expect((await form(issuer, '/token', LOGIN, [resource])).status, resource).toBe(200)
    }
    const answer = await form(issuer, '/token', LOGIN, [A.slice(0, -1)])
    expect(answer.body).toMatchObject({
      error: 'invalid_target',
      error_description: 'The resource is not known',
    })
    expect(await issuer.failedCheck()).toMatchObject({ check: 'resource.listed', observed: A.slice(0, -1) })
  })

  test('strict takes none that it was not told of', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'strict' } } })
    const service = basic('demo-service', 'demo-service-secret')
    const ask = (resource: string) => issuer.token({ grant_type: 'client_credentials', resource }, service)
    expect((await ask(A)).body.error).toBe('invalid_target')
    expect((await issuer.failedCheck()).check).toBe('resource.registered')
    expect((await ask(`${ISSUER}/items`)).status).toBe(200)
  })
})

describe('a grant', () => {
  const refresh = (issuer: Issuer, token: unknown, resources: string[]) =>
    form(
      issuer,
      '/token',
      { grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: String(token) },
      resources,
    )

  test('for two APIs gives tokens for each (2.2)', async () => {
    const { issuer, code, consent } = await codeFor([A, B])
    expect(consent.text).toContain(`<code>${A}</code>`)
    const first = await form(issuer, '/token', codeFields(code), [A])
    expect(audienceOf(first.body.access_token)).toBe(A)
    const second = await refresh(issuer, first.body.refresh_token, [B])
    expect(audienceOf(second.body.access_token)).toBe(B)
    const both = await refresh(issuer, second.body.refresh_token, [])
    expect(audienceOf(both.body.access_token)).toEqual([A, B])
  })

  test('gives none for an API it does not name, and keeps the code', async () => {
    const { issuer, code } = await codeFor([A])
    expectRefusal(await form(issuer, '/token', codeFields(code), [B]), {
      status: 400,
      error: 'invalid_target',
      description: 'The resource was not granted',
    })
    const { status, body } = await form(issuer, '/token', codeFields(code), [])
    expect([status, audienceOf(body.access_token)]).toEqual([200, A])
    expect((await refresh(issuer, body.refresh_token, [B])).body.error).toBe('invalid_target')
    expect((await refresh(issuer, body.refresh_token, [A])).status).toBe(200)
  })

  test("that names none is for the issuer's own API", async () => {
    const { issuer, code } = await codeFor([])
    expect((await form(issuer, '/token', codeFields(code), [A])).body.error).toBe('invalid_target')
    const { body } = await form(issuer, '/token', codeFields(code), [`${ISSUER}/items`])
    expect(audienceOf(body.access_token)).toBe(`${ISSUER}/items`)
  })

  test('pushed with two resources keeps both', async () => {
    const issuer = await openIssuer()
    const { body } = await form(issuer, '/par', Object.fromEntries(authorizationQuery({})), [A, B])
    const request = { client_id: 'demo-spa', request_uri: String(body.request_uri) }
    const { code } = answerOf(await openBrowser(issuer).logIn('alice', request))
    const tokens = await issuer.token(codeFields(code!))
    expect(audienceOf(tokens.body.access_token)).toEqual([A, B])
  })

  test('of a device as well', async () => {
    const issuer = await openIssuer()
    const device = await beginAt(issuer, { resource: A })
    await approve(device)
    expect((await device.poll({ resource: B })).body.error).toBe('invalid_target')
    issuer.clock.advance(10)
    expect(audienceOf((await device.poll()).body.access_token)).toBe(A)
  })

  test('that waits for the second factor as well', async () => {
    const issuer = await openIssuer()
    const login = { ...LOGIN, username: 'carol', password: 'caroling' }
    const { body } = await form(issuer, '/token', login, [A])
    expect([body.scope, audienceOf(body.access_token)]).toEqual(['2fa', ISSUER])
    const code = totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', START)
    const verified = await issuer.postJson('/2fa/verify', { code }, bearer(String(body.access_token)))
    expect(audienceOf(verified.body.access_token)).toBe(A)
  })

  test('asked for a wrong one at the authorization endpoint: invalid_target to the client', async () => {
    const answer = await openBrowser(await openIssuer()).authorize({ resource: 'api' })
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_target', state: 'af0ifjsldkj' })
  })
})

describe('the sample API', () => {
  test('refuses a token for another API (RFC 9068 4)', async () => {
    const issuer = await openIssuer()
    const { body } = await form(issuer, '/token', LOGIN, [A])
    for (const route of ['/me', '/items']) {
      expectInvalidToken(
        await issuer.get(route, bearer(String(body.access_token))),
        'The token is for another audience',
      )
    }
    expect((await issuer.failedCheck()).observed).toBe(`aud "${A}"`)
  })

  test('takes a token for one of its routes there, and nowhere else', async () => {
    const issuer = await openIssuer()
    const { body } = await form(issuer, '/token', LOGIN, [`${ISSUER}/items`])
    expect((await issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
    expect((await issuer.get('/me', bearer(String(body.access_token)))).status).toBe(401)
  })

  test('takes a token that names it beside others', async () => {
    const issuer = await openIssuer()
    const { body } = await form(issuer, '/token', LOGIN, [A, ISSUER])
    expect((await issuer.get('/me', bearer(String(body.access_token)))).status).toBe(200)
  })
})
