import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, openBrowser } from '../support/browser.ts'
import { bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { logInByCode, readLogin } from '../support/login.ts'

const claims = (request: object): Fields => ({ claims: JSON.stringify(request) })
const userinfo = async (issuer: Issuer, accessToken: string) =>
  (await issuer.get('/userinfo', bearer(accessToken))).body
const service = { client_id: 'demo-service', client_secret: 'demo-service-secret' }
const serviceToken = async (issuer: Issuer, parameters: Fields) => {
  const { body } = await issuer.token({ grant_type: 'client_credentials', ...service, ...parameters })
  return decodeJwt(String(body.access_token))
}

describe('the claims parameter (OpenID Connect Core 1.0 5.5)', () => {
  test('gets single claims from userinfo, beyond what the scopes give', async () => {
    const issuer = await openIssuer()
    const asked = { userinfo: { given_name: { essential: true }, nickname: null, email: null } }
    const { accessToken, idToken } = await logInByCode(issuer, claims(asked))
    expect(await userinfo(issuer, accessToken)).toEqual({
      sub: 'alice',
      given_name: 'Alice',
      email: 'alice@example.test',
    })
    expect(idToken).not.toHaveProperty('email')
  })

  test('gets claims into the ID token, and into those of later refreshes', async () => {
    const issuer = await openIssuer()
    const asked = {
      id_token: { email: { essential: true }, preferred_username: null },
      userinfo: { name: null },
    }
    const { tokens, idToken } = await logInByCode(issuer, claims(asked))
    expect(idToken).toMatchObject({ email: 'alice@example.test', preferred_username: 'alice' })
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'demo-spa',
      refresh_token: tokens.refresh_token!,
    }
    const later = readLogin(await issuer.token(refresh))
    expect(later.idToken).toMatchObject({ email: 'alice@example.test', preferred_username: 'alice' })
    expect(await userinfo(issuer, later.accessToken)).toEqual({ sub: 'alice', name: 'Alice Liddell' })
  })

  test('a value it names becomes the claim; under strict it only asks', async () => {
    const issuer = await openIssuer()
    const asked = {
      userinfo: {
        team: { value: 'red' },
        locale: { values: ['de', 'en-GB'] },
        email: { value: 'm@evil.test' },
      },
    }
    const { accessToken } = await logInByCode(issuer, claims(asked))
    expect(await userinfo(issuer, accessToken)).toEqual({
      sub: 'alice',
      team: 'red',
      locale: 'en-GB',
      email: 'm@evil.test',
    })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { profile: 'strict' } })
    const strict = await logInByCode(issuer, claims(asked))
    expect(await userinfo(issuer, strict.accessToken)).toEqual({
      sub: 'alice',
      locale: 'en-GB',
      email: 'alice@example.test',
    })
  })

  test('what only the protocol sets cannot be asked otherwise', async () => {
    const issuer = await openIssuer()
    const forged = { iss: { value: 'x' }, aud: { value: 'x' }, azp: { value: 'x' }, auth_time: { value: 1 } }
    const { idToken } = await logInByCode(issuer, claims({ id_token: forged, access_token: forged }))
    const honest = await logInByCode(issuer)
    expect(idToken).toMatchObject({
      iss: honest.idToken.iss,
      aud: 'demo-spa',
      auth_time: honest.idToken.auth_time,
    })
  })

  test('a sub with a value lets no other user answer (5.5.1)', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    await logInByCode(issuer, {}, { browser })
    const silent = async (sub: string) =>
      answerOf(await browser.authorize({ prompt: 'none', ...claims({ id_token: { sub: { value: sub } } }) }))
    expect(await silent('alice')).toHaveProperty('code')
    expect(await silent('dave')).toMatchObject({ error: 'login_required' })
    expect(await silent('nobody')).toMatchObject({ error: 'login_required' })
  })

  test('one that cannot be read is invalid_request, at the client and when pushed', async () => {
    const issuer = await openIssuer()
    const refused = answerOf(await openBrowser(issuer).authorize({ claims: '{"userinfo":[]}' }))
    expect(refused).toMatchObject({
      error: 'invalid_request',
      error_description: 'Parameter claims has a member userinfo that is not an object',
    })
    expect((await issuer.failedCheck()).check).toBe('claims.parameter')
    const pushed = await issuer.postForm('/par', {
      client_id: 'demo-web',
      client_secret: 'demo-web-secret',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:3000/callback',
      claims: 'nonsense',
    })
    expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_request'])
  })
})

describe('the claims parameter at the token endpoint', () => {
  test('sets claims of an access token that no user logged in for', async () => {
    const issuer = await openIssuer()
    const asked = claims({ access_token: { roles: { value: ['admin'] }, sub: { value: 'mallory' } } })
    expect(await serviceToken(issuer, asked)).toMatchObject({ sub: 'demo-service', roles: ['admin'] })
  })

  test('reaches the ID token of a password login', async () => {
    const issuer = await openIssuer()
    const asked = claims({ id_token: { name: null, email: { value: null } } })
    const { id_token } = await issuer.login('alice', { scope: 'openid', ...asked })
    expect(decodeJwt(String(id_token))).toMatchObject({ name: 'Alice Liddell' })
    expect(decodeJwt(String(id_token))).not.toHaveProperty('email')
  })

  test('is kept for the token after the second factor', async () => {
    const issuer = await openIssuer()
    const asked = claims({ access_token: { team: { value: 'red' } } })
    const { access_token } = await issuer.login('carol', { scope: 'openid', ...asked })
    expect(decodeJwt(access_token)).not.toHaveProperty('team')
    const { code } = await issuer.call('users.secondFactor', { id: 'carol' })
    const { body } = await issuer.postForm('/2fa/verify', { code: code! }, bearer(access_token))
    expect(decodeJwt(String(body.access_token))).toMatchObject({ sub: 'carol', team: 'red' })
  })

  test('is refused when it cannot be read, and passed over under strict', async () => {
    const issuer = await openIssuer()
    const bad = { grant_type: 'client_credentials', ...service, claims: '[' }
    expect((await issuer.token(bad)).body).toMatchObject({ error: 'invalid_request' })
    await issuer.call('clients.update', { id: 'demo-service', changes: { profile: 'strict' } })
    expect((await issuer.token(bad)).status).toBe(200)
    const asked = claims({ access_token: { roles: { value: ['admin'] } } })
    expect(await serviceToken(issuer, asked)).not.toHaveProperty('roles')
  })
})
