import { expect, test } from 'vitest'
import type { EffectPlace } from '../../shared/contract/operations/tokens.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

const CLIENT = basic('demo-service', 'demo-service-secret')

/** Each place with whether the token is accepted there, as the effect table says. */
async function predicted(issuer: Issuer, jti: string) {
  const { effects } = await issuer.call('tokens.effects', { jti })
  return effects
}

const answered = (place: EffectPlace, request: string, status: number) => ({ place, request, status })

/** What the endpoints really answer to an access token. */
async function real(issuer: Issuer, token: string) {
  const shown: Fields = bearer(token)
  const introspection = await issuer.postForm('/introspect', { token }, CLIENT)
  return {
    active: introspection.body.active,
    answers: [
      answered('userinfo', 'GET /userinfo', (await issuer.get('/userinfo', shown)).status),
      answered('api_online', 'GET /me', (await issuer.get('/me', shown)).status),
      answered('api_online', 'GET /items', (await issuer.get('/items', shown)).status),
      answered('api_online', 'POST /items', (await issuer.postJson('/items', { title: 'x' }, shown)).status),
    ],
  }
}

/** The prediction must be what a real request meets a moment later. */
async function expectTruth(issuer: Issuer, jti: string, token: string) {
  const effects = await predicted(issuer, jti)
  const { active, answers } = await real(issuer, token)
  expect(effects.find(({ place }) => place === 'introspection')?.accepted).toBe(active)
  expect(effects).toEqual(expect.arrayContaining(answers.map((answer) => expect.objectContaining(answer))))
  return effects
}

async function issued(issuer: Issuer, scopes = ['openid', 'read']) {
  const { access_token, refresh_token } = await issuer.call('tokens.issue', {
    userId: 'alice',
    scopes,
    clientId: 'demo-spa',
  })
  const { rows } = await issuer.call('tokens.list', { limit: 2 })
  const jtiOf = (kind: string) => rows.find((row) => row.kind === kind)!.jti
  return { access_token, refresh_token: refresh_token!, access: jtiOf('access'), refresh: jtiOf('refresh') }
}

async function open(options: Parameters<typeof openIssuer>[0] = {}) {
  const issuer = await openIssuer(options)
  issuer.grantscope.listening({ issuer: 'http://127.0.0.1:4400', control: null, warnings: [] })
  return issuer
}

const offline = (effects: Awaited<ReturnType<typeof predicted>>) =>
  effects.find(({ place }) => place === 'api_offline')!

test('what the table says of an access token is what its requests are answered, in every state', async () => {
  const issuer = await open()
  const { access_token, access } = await issued(issuer)
  const states: [string, () => Promise<unknown>][] = [
    ['active', async () => {}],
    ['revoked', () => issuer.call('tokens.revoke', { jtis: [access] })],
    ['active again', () => issuer.call('tokens.restore', { jtis: [access] })],
    ['expired by hand', () => issuer.call('tokens.expire', { jtis: [access] })],
    [
      'of an inactive user',
      async () => {
        await issuer.call('tokens.restore', { jtis: [access] })
        await issuer.call('users.update', { id: 'alice', changes: { active: false } })
      },
    ],
  ]
  const accepted: Record<string, (number | boolean)[]> = {}
  for (const [state, change] of states) {
    await change()
    const effects = await expectTruth(issuer, access, access_token)
    accepted[state] = [effects[0]!.accepted, effects[1]!.status, offline(effects).accepted]
  }
  expect(accepted).toEqual({
    active: [true, 200, true],
    revoked: [false, 401, true],
    'active again': [true, 200, true],
    'expired by hand': [false, 401, true],
    'of an inactive user': [false, 400, true],
  })
})

test('a refusal names its check, the section of the standard, and what was seen', async () => {
  const issuer = await open()
  const { access } = await issued(issuer)
  const write = (await predicted(issuer, access)).find(({ request }) => request === 'POST /items')
  expect(write).toMatchObject({
    accepted: false,
    status: 403,
    check: 'bearer.scope-sufficient',
    spec: 'RFC 6750 3.1',
    reason: 'openid read',
  })
})

test("the sample API's own clock ends a token for it alone", async () => {
  const issuer = await open({ workspace: { settings: { apiClockSkew: 3600 } } })
  const { access_token, access } = await issued(issuer)
  const effects = await expectTruth(issuer, access, access_token)
  expect(effects.map(({ place, accepted }) => [place, accepted])).toEqual([
    ['introspection', true],
    ['userinfo', true],
    ['api_online', false],
    ['api_online', false],
    ['api_online', false],
    ['api_offline', false],
  ])
  expect(offline(effects).reason).toContain("the API's clock, 3600 s ahead")
})

test('it says when time alone changes an answer: at the exp, and before by the skew of the sample API', async () => {
  const issuer = await open({ workspace: { settings: { apiClockSkew: 60 } } })
  const { access } = await issued(issuer)
  const { expiresAt } = await issuer.call('tokens.get', { jti: access })
  const next = async () => (await issuer.call('tokens.effects', { jti: access })).changesAt
  expect(await next()).toBe(expiresAt - 60_000)
  issuer.clock.advance((expiresAt - 60_000 - issuer.clock.now()) / 1000)
  expect(await next()).toBe(expiresAt)
  issuer.clock.advance(60)
  expect(await next()).toBeNull()
})

test('a retired key is refused by whoever reads the JWKS anew, a revoked one by the issuer as well', async () => {
  const issuer = await open()
  const { access_token, access } = await issued(issuer)
  const { kid } = (await issuer.call('tokens.get', { jti: access })).header
  const { kid: next } = await issuer.call('keys.generate', { alg: 'ES256', use: 'access' })
  await issuer.call('keys.activate', { kid: next })
  await issuer.call('keys.retire', { kid: String(kid) })
  const retired = await expectTruth(issuer, access, access_token)
  expect(retired[0]!.accepted).toBe(true)
  expect(offline(retired)).toMatchObject({ accepted: false, check: 'bearer.token-genuine' })
  expect(offline(retired).reason).toMatch(/is retired and not in the JWKS/)

  await issuer.call('keys.revoke', { kid: String(kid) })
  const revoked = await expectTruth(issuer, access, access_token)
  expect(revoked.map(({ accepted }) => accepted)).not.toContain(true)
  expect(revoked[0]!.reason).toMatch(/is revoked: nothing it signed counts/)
})

test('an opaque token can be judged by the issuer alone', async () => {
  const issuer = await open({
    workspace: {
      clients: [
        { id: 'opaque', accessTokenFormat: 'opaque', authMethods: ['none'], grantTypes: ['password'] },
      ],
    },
  })
  const { access_token } = await issuer.call('tokens.issue', {
    userId: 'alice',
    clientId: 'opaque',
    scopes: ['openid', 'read'],
  })
  const { rows } = await issuer.call('tokens.list', { filter: { clientId: 'opaque' } })
  const effects = await expectTruth(issuer, rows[0]!.jti, access_token)
  expect(effects[0]!.accepted).toBe(true)
  expect(offline(effects)).toMatchObject({ accepted: false, status: 401 })
})

test('asking about a used refresh token says what it would cost, and costs nothing', async () => {
  const issuer = await open()
  const { refresh, refresh_token } = await issued(issuer)
  const first = (await predicted(issuer, refresh))[0]!
  expect([first.accepted, first.status]).toEqual([true, 200])
  await issuer.token({ grant_type: 'refresh_token', refresh_token, client_id: 'demo-spa' })
  const used = (await predicted(issuer, refresh))[0]!
  expect(used).toMatchObject({ accepted: false, status: 400, check: 'refresh.token-unused' })
  expect(used.reason).toContain('one more use revokes the whole family')
  const { family } = await issuer.call('tokens.get', { jti: refresh })
  expect(family.every(({ revokedAt }) => revokedAt === null)).toBe(true)
  const again = await issuer.token({ grant_type: 'refresh_token', refresh_token, client_id: 'demo-spa' })
  expect(again.status).toBe(used.status)
  const after = await issuer.call('tokens.get', { jti: refresh })
  expect(after.family.every(({ revokedBy }) => revokedBy === 'issuer')).toBe(true)
  expect(after.reusedAt).toBe(issuer.clock.now())
})

test('a pending token is good for the second factor alone', async () => {
  const issuer = await open()
  const pending = await issuer.login('carol')
  const { rows } = await issuer.call('tokens.list', { filter: { kind: 'pending' } })
  const effects = await expectTruth(issuer, rows[0]!.jti, pending.access_token)
  expect(effects.filter(({ accepted }) => accepted).map(({ place }) => place)).toEqual([
    'second_factor',
    'api_offline',
  ])
})
