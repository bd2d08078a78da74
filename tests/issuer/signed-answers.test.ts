import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import type { ResponseSigningAlg } from '../../shared/contract/operations/client-options.ts'
import { expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { basic, bearer, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'
import { logInByCode } from '../support/login.ts'

const algorithms: ResponseSigningAlg[] = ['RS256', 'PS256', 'ES256', 'EdDSA']
const api = basic('demo-service', 'demo-service-secret')
const JWT = 'application/token-introspection+jwt'

const keysOf = async (issuer: Issuer) =>
  createLocalJWKSet((await issuer.get('/jwks')).body as unknown as JSONWebKeySet)

/** oauth4webapi without sockets, on the issuer's clock, over plain http. */
async function asLibrary(issuer: Issuer) {
  const insecure = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: RequestInit) =>
      issuer.grantscope.provider(new Request(url, init)),
  }
  const at = new URL(ISSUER)
  const as = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, insecure))
  const client = (id: string, more: Partial<oauth.Client> = {}): oauth.Client => ({
    client_id: id,
    [oauth.clockSkew]: Math.round((START - Date.now()) / 1000),
    ...more,
  })
  return { as, insecure, client }
}

describe('an ID token', () => {
  test.each(algorithms)('is signed with %s when the client says so; the JWKS has the key', async (alg) => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { idTokenSignedResponseAlg: alg } })
    const { tokens, accessToken } = await logInByCode(issuer)
    const { protectedHeader } = await jwtVerify(String(tokens.id_token), await keysOf(issuer), {
      algorithms: [alg],
      issuer: ISSUER,
      audience: 'demo-spa',
      currentDate: new Date(START),
    })
    expect(protectedHeader.alg).toBe(alg)
    expect(decodeProtectedHeader(accessToken).alg).toBe('ES256')
    const again = await logInByCode(issuer)
    expect(decodeProtectedHeader(String(again.tokens.id_token)).kid).toBe(protectedHeader.kid)
  })
})

describe('userinfo as a JWT (OpenID Connect Core 1.0 5.3.2)', () => {
  test('is signed for the client that is set so, and oauth4webapi takes it', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { userinfoSignedResponseAlg: 'EdDSA' } })
    const { accessToken } = await logInByCode(issuer, { scope: 'openid email' })
    const { as, insecure, client } = await asLibrary(issuer)
    expect(as.userinfo_signing_alg_values_supported).toEqual(algorithms)
    const spa = client('demo-spa', { userinfo_signed_response_alg: 'EdDSA' })
    const response = await oauth.userInfoRequest(as, spa, accessToken, insecure)
    expect(response.headers.get('content-type')).toBe('application/jwt')
    const copy = response.clone()
    expect(await oauth.processUserInfoResponse(as, spa, 'alice', response)).toEqual({
      iss: ISSUER,
      aud: 'demo-spa',
      sub: 'alice',
      email: 'alice@example.test',
      email_verified: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, insecure)
    // It is no ID token, though of the same client, key and type.
    const hint = new URLSearchParams({ id_token_hint: await copy.text() })
    expect((await issuer.get(`/end_session?${hint}`)).status).toBe(400)
  })
})

describe('the access token in a form (RFC 6750 2.2)', () => {
  test('is taken by userinfo', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    const { status, body } = await issuer.postForm('/userinfo', { access_token })
    expect([status, body]).toEqual([200, { sub: 'alice' }])
  })

  test('must come in one place only', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    const description = 'The token may be sent in one place only'
    expectRefusal(await issuer.postForm('/userinfo', { access_token }, bearer(access_token)), {
      status: 400,
      error: 'invalid_request',
      description,
      challenge: `Bearer error="invalid_request", error_description="${description}"`,
    })
  })

  test('is not looked for in a GET, in another form, or by other routes', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid read' })
    expectUnauthenticated(await issuer.postJson('/userinfo', { access_token }))
    expect((await issuer.postForm('/items', { access_token, title: 'x' })).status).toBe(401)
    expect((await issuer.get(`/userinfo?access_token=${access_token}`)).status).toBe(400)
  })
})

describe('introspection as a JWT (RFC 9701)', () => {
  const introspect = (issuer: Issuer, token: string, accept = JWT) =>
    issuer.postForm('/introspect', { token }, { ...api, accept })

  test.each([`${JWT};q=0`, `${JWT}; q=0.000, application/json`])('is not for who says %s', async (accept) => {
    const issuer = await openIssuer()
    const { headers } = await introspect(issuer, 'x', accept)
    expect(headers.get('content-type')).toBe('application/json')
  })

  test('is for whoever asks, and holds the answer in token_introspection (5)', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const { headers, text } = await introspect(issuer, access_token)
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([JWT, 'no-store'])
    const { payload, protectedHeader } = await jwtVerify(text, await keysOf(issuer), {
      typ: 'token-introspection+jwt',
    })
    const plain = await issuer.postForm('/introspect', { token: access_token }, api)
    expect(payload).toEqual({
      iss: ISSUER,
      aud: 'demo-service',
      iat: START / 1000,
      token_introspection: plain.body,
    })
    expect(protectedHeader.alg).toBe('ES256')
  })

  test('says no more of a token that is not active than {"active":false}', async () => {
    const issuer = await openIssuer()
    const { text } = await introspect(issuer, 'garbage', `application/json;q=0.1, ${JWT}`)
    const { payload } = await jwtVerify(text, await keysOf(issuer))
    expect(payload.token_introspection).toEqual({ active: false })
  })

  test.each(algorithms)('is signed with %s as the client is set, and oauth4webapi takes it', async (alg) => {
    const issuer = await openIssuer()
    const changes = { introspectionSignedResponseAlg: alg }
    await issuer.call('clients.update', { id: 'demo-service', changes })
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const { as, insecure, client } = await asLibrary(issuer)
    expect(as.introspection_signing_alg_values_supported).toEqual(algorithms)
    const service = client('demo-service', { introspection_signed_response_alg: alg })
    const secret = oauth.ClientSecretPost('demo-service-secret')
    const response = await oauth.introspectionRequest(as, service, secret, access_token, insecure)
    const answer = await oauth.processIntrospectionResponse(as, service, response)
    expect(answer).toMatchObject({ active: true, username: 'alice', scope: 'read' })
    await oauth.validateApplicationLevelSignature(as, response, insecure)
  })
})
