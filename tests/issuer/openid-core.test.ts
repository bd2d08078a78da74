import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, CALLBACK, locationOf, openBrowser, VERIFIER } from '../support/browser.ts'
import { bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { logInByCode, readLogin } from '../support/login.ts'

// What OpenID Connect Core 1.0 demands beside the flows themselves.

const refreshed = async (issuer: Issuer, token: string) =>
  readLogin(await issuer.token({ grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: token }))

describe('an authentication request', () => {
  test('may wish for languages of claims and pages, and for what nobody knows (3.1.2.1, 15.1)', async () => {
    const { browser, ...asked } = {
      browser: openBrowser(await openIssuer()),
      ui_locales: 'tlh',
      claims_locales: 'fr-CA de',
      acr_values: 'urn:nobody:knows',
      display: 'touch',
      foo: 'bar',
    }
    expect(answerOf(await browser.logIn('alice', asked))).toHaveProperty('code')
  })

  test('gets claims as far as they are there: one that is essential and missing is no error (5.5.1)', async () => {
    const issuer = await openIssuer()
    const missing = { phone_number: { essential: true }, auth_time: { essential: true } }
    const claims = JSON.stringify({ id_token: missing, userinfo: missing, verified: {}, foo: 1 })
    const { idToken, accessToken } = await logInByCode(issuer, { claims })
    expect(idToken).toHaveProperty('auth_time')
    expect(idToken).not.toHaveProperty('phone_number')
    const { status, body } = await issuer.get('/userinfo', bearer(accessToken))
    expect([status, body]).toEqual([200, { sub: 'alice' }])
  })

  test('with prompt=login is answered with the time of that login, also by the same user', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    const first = await logInByCode(issuer, {}, { browser })
    issuer.clock.advance(60)
    const second = await logInByCode(issuer, { prompt: 'login' }, { browser })
    expect(Number(second.idToken.auth_time) - Number(first.idToken.auth_time)).toBe(60)
  })

  test('gives nobody anything before the user allowed it (3.1.2.4)', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    const page = await browser.follow(await browser.authorize())
    const consent = await browser.fill(page, { username: 'alice', password: 'wonderland' })
    expect(locationOf(consent)).toMatch(/^interaction\?/)
    expect(answerOf(await browser.authorize({ prompt: 'none' }))).toMatchObject({ error: 'consent_required' })
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })
})

describe('offline_access where no code comes back', () => {
  test.each(['token', 'id_token token'])('%s: is ignored (11)', async (response_type) => {
    const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true } } })
    await issuer.call('clients.update', {
      id: 'demo-spa',
      changes: { responseTypes: ['token', 'id_token token'] },
    })
    const scope = 'openid read offline_access'
    const location = locationOf(await openBrowser(issuer).logIn('alice', { response_type, scope }))
    const answer = new URLSearchParams(location.slice(CALLBACK.length + 1))
    expect(answer.get('scope')).toBe('openid read')
    expect(answer.has('refresh_token')).toBe(false)
  })
})

describe('the ID token of a refresh (12.2)', () => {
  test('is of the same login, and of now', async () => {
    const issuer = await openIssuer()
    const { tokens, idToken } = await logInByCode(issuer, { max_age: '600' })
    issuer.clock.advance(60)
    const later = await refreshed(issuer, tokens.refresh_token!)
    const { iss, sub, aud, azp, auth_time } = idToken
    expect(later.idToken).toMatchObject({ iss, sub, aud, azp, auth_time, iat: Number(idToken.iat) + 60 })
    expect(later.idToken).not.toHaveProperty('nonce')
  })
})

describe('two ID tokens of one hybrid login (3.3.3.6)', () => {
  const hybrid = { response_type: 'code id_token' }

  async function both(asked: Fields) {
    const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true } } })
    const changes = { responseTypes: ['code id_token' as const], idTokenClaims: 'all' as const }
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    const location = locationOf(await openBrowser(issuer).logIn('alice', { ...hybrid, ...asked }))
    const answer = new URLSearchParams(location.slice(CALLBACK.length + 1))
    const fields = { grant_type: 'authorization_code', client_id: 'demo-spa', redirect_uri: CALLBACK }
    const verifier = { code: answer.get('code')!, code_verifier: VERIFIER }
    const { idToken } = readLogin(await issuer.token({ ...fields, ...verifier }))
    return { front: decodeJwt(answer.get('id_token')!), back: idToken }
  }

  test('say the same of issuer, user and login', async () => {
    const { front, back } = await both({ scope: 'openid email' })
    const shared = Object.keys(front).filter((name) => name in back)
    expect(shared).toEqual(
      expect.arrayContaining(['iss', 'sub', 'aud', 'auth_time', 'acr', 'amr', 'nonce', 'email']),
    )
    for (const name of shared) expect(back[name], name).toEqual(front[name])
    expect(front).toHaveProperty('c_hash')
  })
})
