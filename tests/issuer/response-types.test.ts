import { createHash } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { CALLBACK, codeFields, LED_AT_ONCE, locationOf, openBrowser } from '../support/browser.ts'
import { bearer, type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

// The implicit and hybrid response types (OAuth 2.0 Multiple Response Types, OpenID Connect Core 1.0 3.2, 3.3).

const LEGACY = [
  'id_token',
  'token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const
const every = ['code', ...LEGACY, 'none'] as const

async function open(settings: object = {}) {
  const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true, ...settings } } })
  await issuer.call('clients.update', { id: 'demo-spa', changes: { responseTypes: [...every] } })
  return { issuer, browser: openBrowser(issuer) }
}

/** What stands behind the # of a redirect; fails the test when the answer is anywhere else. */
function fragmentOf(location: string): Fields {
  if (!location.startsWith(`${CALLBACK}#`)) throw new Error(`led to ${location}`)
  return Object.fromEntries(new URLSearchParams(location.slice(CALLBACK.length + 1)))
}

const logIn = async ({ browser }: Awaited<ReturnType<typeof open>>, asked: Fields, username = 'alice') =>
  fragmentOf(locationOf(await browser.logIn(username, asked)))

/** OpenID Connect Core 1.0 3.3.2.11, for ES256. */
const halfHash = (value: string) =>
  createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url')

async function verified(issuer: Issuer, token: string) {
  const jwks = (await issuer.get('/jwks')).body as unknown as JSONWebKeySet
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
    issuer: ISSUER,
    audience: 'demo-spa',
    currentDate: new Date(issuer.clock.now()),
  })
  return payload
}

describe('what comes back in the fragment', () => {
  test.each(LEGACY)(
    '%s: what its words name, with state and iss, and nothing else',
    async (response_type) => {
      const answer = await logIn(await open(), { response_type })
      const words = response_type.split(' ')
      const names = [
        ...(words.includes('code') ? ['code'] : []),
        ...(words.includes('token') ? ['access_token', 'token_type', 'expires_in', 'scope'] : []),
        ...(words.includes('id_token') ? ['id_token'] : []),
        'state',
        'iss',
      ]
      expect(Object.keys(answer)).toEqual(names)
      expect(answer).toMatchObject({ state: 'af0ifjsldkj', iss: ISSUER })
    },
  )

  test('the words may come in any order', async () => {
    const answer = await logIn(await open(), { response_type: 'token id_token code' })
    expect(Object.keys(answer)).toContain('id_token')
  })

  test('the ID token is signed, and bound to what it came with by nonce, at_hash and c_hash', async () => {
    const opened = await open()
    const answer = await logIn(opened, { response_type: 'code id_token token' })
    expect(await verified(opened.issuer, answer.id_token!)).toMatchObject({
      sub: 'alice',
      nonce: 'n-0S6_WzA2Mj',
      c_hash: halfHash(answer.code!),
      at_hash: halfHash(answer.access_token!),
      auth_time: expect.any(Number),
    })
  })

  test('without an access token the ID token has no at_hash, and without a code no c_hash', async () => {
    const opened = await open()
    const alone = decodeJwt((await logIn(opened, { response_type: 'id_token' })).id_token!)
    expect(alone).not.toHaveProperty('at_hash')
    expect(alone).not.toHaveProperty('c_hash')
  })

  test('an ID token alone tells what the scopes show of the user (OpenID Connect Core 1.0 5.4)', async () => {
    const opened = await open()
    const asked = { response_type: 'id_token', scope: 'openid email' }
    expect(decodeJwt((await logIn(opened, asked)).id_token!)).toMatchObject({ email: 'alice@example.test' })
    const both = locationOf(await opened.browser.authorize({ ...asked, response_type: 'code id_token' }))
    expect(decodeJwt(fragmentOf(both).id_token!)).not.toHaveProperty('email')
  })

  test('the access token works, is in the ledger and has no refresh token beside it', async () => {
    const opened = await open()
    const answer = await logIn(opened, { response_type: 'token', scope: 'read' })
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: '900', scope: 'read' })
    expect((await opened.issuer.get('/items', bearer(answer.access_token!))).status).toBe(200)
    const { rows } = await opened.issuer.call('tokens.list', {})
    expect(rows.map(({ kind }) => kind)).toEqual(['access'])
  })

  test('a code used twice takes the access token of the front channel along (RFC 6749 4.1.2)', async () => {
    const opened = await open()
    const { code, access_token } = await logIn(opened, { response_type: 'code token', scope: 'openid read' })
    expect((await opened.issuer.token(codeFields(code!))).status).toBe(200)
    expect((await opened.issuer.get('/items', bearer(access_token!))).status).toBe(200)
    expect((await opened.issuer.token(codeFields(code!))).body.error).toBe('invalid_grant')
    expect((await opened.issuer.get('/items', bearer(access_token!))).status).toBe(401)
  })

  test('none: that the user is logged in and agrees, in the query', async () => {
    const { issuer, browser } = await open()
    const location = locationOf(await browser.logIn('alice', { response_type: 'none' }))
    expect(location).toBe(`${CALLBACK}?state=af0ifjsldkj&iss=${encodeURIComponent(ISSUER)}`)
    expect((await issuer.call('tokens.list', {})).rows).toEqual([])
    const again = locationOf(await browser.authorize({ response_type: 'none', prompt: 'none' }))
    expect(again).toBe(location)
  })

  test('form_post keeps tokens out of every URL', async () => {
    const { browser } = await open()
    const page = await browser.logIn('alice', { response_type: 'id_token', response_mode: 'form_post' })
    expect(page.headers.get('location')).toBeNull()
    expect(page.text).toMatch(/name="id_token" value="eyJ/)
  })

  test('a user who unticks openid gets nobody an ID token', async () => {
    const { browser } = await open()
    const asked = { response_type: 'id_token', scope: 'openid email' }
    const login = await browser.follow(await browser.authorize(asked))
    const page = await browser.follow(
      await browser.fill(login, { username: 'alice', password: 'wonderland' }),
    )
    const answer = await browser.fill(page, { decision: 'allow', 'scope:email': 'on' })
    expect(fragmentOf(locationOf(answer))).toMatchObject({ error: 'access_denied', state: 'af0ifjsldkj' })
  })
})

describe('what is refused', () => {
  const refusalOf = async (opened: Awaited<ReturnType<typeof open>>, asked: Fields) => {
    const { error } = fragmentOf(locationOf(await opened.browser.authorize(asked)))
    return [error, (await opened.issuer.failedCheck()).check]
  }

  test('all of them, as long as the issuer is not set to them: that is the default', async () => {
    const issuer = await openIssuer()
    const opened = { issuer, browser: openBrowser(issuer) }
    for (const response_type of LEGACY) {
      expect(await refusalOf(opened, { response_type })).toEqual([
        'unsupported_response_type',
        'authorize.response-type-supported',
      ])
    }
  })

  test('all of them under the strict profile, whatever is set', async () => {
    const opened = await open({ profile: 'strict', checkLevels: LED_AT_ONCE })
    for (const response_type of LEGACY) {
      expect(await refusalOf(opened, { response_type })).toEqual([
        'unsupported_response_type',
        'authorize.response-type-safe',
      ])
    }
  })

  test('a warning is kept where they pass', async () => {
    const { issuer, browser } = await open()
    await browser.authorize({ response_type: 'token' })
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'authorize.response-type-safe')?.outcome).toBe('warned')
  })

  test.each([
    [
      'one the client has not',
      { response_type: 'token' },
      'unauthorized_client',
      'authorize.response-type-registered',
    ],
    [
      'the query',
      { response_type: 'id_token', response_mode: 'query' },
      'invalid_request',
      'authorize.response-mode-safe',
    ],
    [
      'the signed query',
      { response_type: 'code id_token', response_mode: 'query.jwt' },
      'invalid_request',
      'authorize.response-mode-safe',
    ],
    ['no nonce', { response_type: 'id_token', nonce: '' }, 'invalid_request', 'authorize.nonce-present'],
    ['no openid', { response_type: 'id_token', scope: 'read' }, 'invalid_request', 'authorize.openid-asked'],
  ])('%s', async (what, asked, error, check) => {
    const opened = await open()
    if (what === 'one the client has not') {
      await opened.issuer.call('clients.update', { id: 'demo-spa', changes: { responseTypes: ['code'] } })
    }
    if ('response_mode' in asked && asked.response_mode === 'query.jwt') {
      const location = locationOf(await opened.browser.authorize(asked))
      expect(decodeJwt(fragmentOf(location).response!)).toMatchObject({ error })
    } else expect((await refusalOf(opened, asked))[0]).toBe(error)
    expect((await opened.issuer.failedCheck()).check).toBe(check)
  })
})

describe('discovery', () => {
  const metadata = async (settings: object) =>
    (await (await openIssuer({ workspace: { settings } })).get('/.well-known/openid-configuration')).body

  test('names them, and the implicit grant, where the issuer speaks them', async () => {
    expect(await metadata({ legacyResponseTypes: true })).toMatchObject({
      response_types_supported: every,
      grant_types_supported: expect.arrayContaining(['implicit']),
    })
  })

  test.each([
    ['by default', {}, ['code']],
    ['under the strict profile', { legacyResponseTypes: true, profile: 'strict' }, ['code', 'none']],
    [
      'where the rule is enforced by itself',
      { legacyResponseTypes: true, checkLevels: { 'authorize.response-type-safe': 'enforce' } },
      ['code', 'none'],
    ],
  ])('does not %s', async (_when, settings, types) => {
    const { response_types_supported, grant_types_supported } = await metadata(settings)
    expect(response_types_supported).toEqual(types)
    expect(grant_types_supported).not.toContain('implicit')
  })

  test('names no ID token where there is no scope openid', async () => {
    const { issuer } = await open()
    await issuer.call('scopes.delete', { name: 'openid' })
    const { body } = await issuer.get('/.well-known/oauth-authorization-server')
    expect(body.response_types_supported).toEqual(['code', 'token', 'code token', 'none'])
  })
})
