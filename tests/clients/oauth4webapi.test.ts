import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { answerDevice, logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// oauth4webapi checks each answer to the letter of its RFC, and says so where one falls short.

const server = serverForFile()
const CALLBACK = 'http://localhost:54321/callback'
const insecure = { [oauth.allowInsecureRequests]: true }
const web: oauth.Client = { client_id: 'demo-web', require_auth_time: true, default_max_age: 3600 }
const authentication = () => oauth.ClientSecretPost('demo-web-secret')

async function discover(algorithm: 'oidc' | 'oauth2' = 'oidc'): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server().issuer)
  const response = await oauth.discoveryRequest(issuer, { algorithm, ...insecure })
  return oauth.processDiscoveryResponse(issuer, response)
}

async function logIn(as: oauth.AuthorizationServer, scope = 'openid email') {
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const url = new URL(as.authorization_endpoint!)
  url.search = new URLSearchParams({
    client_id: web.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope,
    state,
    nonce,
    max_age: '3600',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const parameters = oauth.validateAuthResponse(as, web, await logInByForm(url), state)
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    web,
    authentication(),
    parameters,
    CALLBACK,
    verifier,
    insecure,
  )
  const result = await oauth.processAuthorizationCodeResponse(as, web, response, {
    expectedNonce: nonce,
    maxAge: 3600,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, response, insecure)
  return result
}

describe('oauth4webapi', () => {
  test.each(['oidc', 'oauth2'] as const)('takes the metadata by %s', async (algorithm) => {
    expect(await discover(algorithm)).toMatchObject({
      issuer: server().issuer,
      authorization_response_iss_parameter_supported: true,
    })
  })

  test('logs in by code, and takes ID token, at_hash and userinfo', async () => {
    const as = await discover()
    const result = await logIn(as)
    const claims = oauth.getValidatedIdTokenClaims(result)!
    expect(claims).toMatchObject({ sub: 'alice', aud: 'demo-web', azp: 'demo-web' })
    const response = await oauth.userInfoRequest(as, web, result.access_token, insecure)
    expect(await oauth.processUserInfoResponse(as, web, claims.sub, response)).toEqual({
      sub: 'alice',
      email: 'alice@example.test',
      email_verified: true,
    })
  })

  test('refreshes', async () => {
    const as = await discover()
    const { refresh_token } = await logIn(as)
    const response = await oauth.refreshTokenGrantRequest(as, web, authentication(), refresh_token!, insecure)
    const refreshed = await oauth.processRefreshTokenResponse(as, web, response)
    expect(refreshed.refresh_token).not.toBe(refresh_token)
  })

  test('introspects and revokes', async () => {
    const as = await discover()
    const { access_token } = await logIn(as)
    const introspect = async () => {
      const response = await oauth.introspectionRequest(as, web, authentication(), access_token, insecure)
      return oauth.processIntrospectionResponse(as, web, response)
    }
    expect(await introspect()).toMatchObject({ active: true, scope: 'openid email', username: 'alice' })
    const revoked = await oauth.revocationRequest(as, web, authentication(), access_token, insecure)
    expect(await oauth.processRevocationResponse(revoked)).toBeUndefined()
    expect(await introspect()).toEqual({ active: false })
  })

  test('takes the access token as a JWT of RFC 9068', async () => {
    const as = await discover()
    const { access_token } = await logIn(as)
    const request = new Request(`${server().issuer}/items`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    const claims = await oauth.validateJwtAccessToken(as, request, server().issuer, insecure)
    expect(claims).toMatchObject({ sub: 'alice', client_id: 'demo-web', scope: 'openid email' })
  })

  test('reads the challenge of a userinfo that is refused', async () => {
    const as = await discover()
    const response = await oauth.userInfoRequest(as, web, 'no.such.token', insecure)
    const failure = await oauth.processUserInfoResponse(as, web, 'alice', response).catch((error) => error)
    expect(failure).toBeInstanceOf(oauth.WWWAuthenticateChallengeError)
    expect(failure.cause[0]).toMatchObject({ scheme: 'bearer', parameters: { error: 'invalid_token' } })
  })

  test('waits on a device, and is told so, until its user has answered', async () => {
    const as = await discover()
    const device: oauth.Client = { client_id: 'demo-device' }
    const begun = await oauth.deviceAuthorizationRequest(
      as,
      device,
      oauth.None(),
      { scope: 'openid read' },
      insecure,
    )
    const { device_code, verification_uri_complete } = await oauth.processDeviceAuthorizationResponse(
      as,
      device,
      begun,
    )
    const poll = async () => {
      const response = await oauth.deviceCodeGrantRequest(as, device, oauth.None(), device_code, insecure)
      return oauth.processDeviceCodeResponse(as, device, response)
    }
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending', status: 400 })
    await expect(poll()).rejects.toMatchObject({ error: 'slow_down', status: 400 })
    await answerDevice(new URL(verification_uri_complete!), 'allow')
    // It was slowed down to ten seconds (RFC 8628 3.5), which pass on the issuer's clock.
    await server().call('clock.set', { offsetMs: 11_000 })
    const result = await poll()
    await server().call('clock.set', { offsetMs: 0 })
    expect(oauth.getValidatedIdTokenClaims(result)).toMatchObject({ sub: 'alice', aud: 'demo-device' })
  })
})
