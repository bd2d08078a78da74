import { describe, expect, test } from 'vitest'
import { expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'

const tokenWith = async (issuer: Issuer, scope: string) =>
  bearer((await issuer.login('alice', { scope })).access_token)

const insufficient = (scope: string) => ({
  status: 403,
  error: 'insufficient_scope',
  description: `Scope ${scope} required`,
  challenge: `Bearer error="insufficient_scope", scope="${scope}"`,
})

describe('GET /items', () => {
  test('lists the items for a token with scope read', async () => {
    const issuer = await openIssuer()
    const { status, text } = await issuer.get('/items', await tokenWith(issuer, 'read'))
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject([
      { title: 'A looking glass' },
      { title: 'A pocket watch' },
      { title: 'A bottle marked "drink me"' },
    ])
  })

  test.each(['', 'write', 'openid profile'])(
    'with scope "%s": 403 that names the scope it takes',
    async (scope) => {
      const issuer = await openIssuer()
      expectRefusal(await issuer.get('/items', await tokenWith(issuer, scope)), insufficient('read'))
      expect(await issuer.failedCheck()).toMatchObject({
        check: 'bearer.scope-sufficient',
        spec: 'RFC 6750 3.1',
        observed: scope || 'no scope at all',
        expected: 'read',
      })
    },
  )

  test('without a token: 401, not 403', async () => {
    const issuer = await openIssuer()
    expectUnauthenticated(await issuer.get('/items'))
  })

  test('takes no session cookie: an API is for tokens', async () => {
    const issuer = await openIssuer()
    const { headers } = await issuer.postForm('/login', { username: 'alice', password: 'wonderland' })
    const session = headers.get('set-cookie')!.split(';')[0]!
    expectUnauthenticated(await issuer.get('/items', { cookie: session }))
  })

  test('a user made inactive meanwhile: 400 "Inactive user"', async () => {
    const issuer = await openIssuer()
    const token = await tokenWith(issuer, 'read')
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await issuer.get('/items', token), {
      status: 400,
      error: 'invalid_request',
      description: 'Inactive user',
      challenge: 'Bearer error="invalid_request", error_description="Inactive user"',
    })
  })
})

describe('POST /items', () => {
  test('adds an item for a token with scope write: 201 with the item', async () => {
    const issuer = await openIssuer()
    const token = await tokenWith(issuer, 'read write')
    const { status, body } = await issuer.postJson('/items', { title: 'Ein Hütchen 🎩' }, token)
    expect(status).toBe(201)
    expect(body).toEqual({ id: 4, title: 'Ein Hütchen 🎩', owner: 'alice' })
    expect(JSON.parse((await issuer.get('/items', token)).text).at(-1)).toEqual(body)
  })

  test('with scope read only: 403 that names write, and nothing is added', async () => {
    const issuer = await openIssuer()
    const token = await tokenWith(issuer, 'read')
    expectRefusal(await issuer.postJson('/items', { title: 'x' }, token), insufficient('write'))
    expect(JSON.parse((await issuer.get('/items', token)).text)).toHaveLength(3)
  })

  test.each([
    {},
    { title: '' },
    { title: '  ' },
    { title: 7 },
    { title: null },
    { title: ['a'] },
    { title: 'x'.repeat(1_001) },
  ])('title %j: 400 invalid_request', async (body) => {
    const issuer = await openIssuer()
    const token = await tokenWith(issuer, 'write')
    expectRefusal(await issuer.postJson('/items', body, token), {
      status: 400,
      error: 'invalid_request',
      description: 'title must be a text of 1 to 1000 characters',
    })
    expect((await issuer.failedCheck()).check).toBe('items.title')
  })
})
