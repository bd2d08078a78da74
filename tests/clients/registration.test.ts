import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// Clients that register themselves, as oauth4webapi and openid-client 6 do it.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'
const insecure = { [oauth.allowInsecureRequests]: true }

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server().issuer)
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
}

describe('oauth4webapi', () => {
  const metadata = { redirect_uris: [CALLBACK], client_name: 'oauth4webapi' }

  test('registers, and takes the answer', async () => {
    const response = await oauth.dynamicClientRegistrationRequest(await discover(), metadata, insecure)
    expect(await oauth.processDynamicClientRegistrationResponse(response)).toMatchObject({
      ...metadata,
      client_secret: expect.any(String),
      token_endpoint_auth_method: 'client_secret_basic',
    })
  })

  test('hears why it cannot', async () => {
    const broken = { redirect_uris: [`${CALLBACK}#fragment`] }
    const response = await oauth.dynamicClientRegistrationRequest(await discover(), broken, insecure)
    await expect(oauth.processDynamicClientRegistrationResponse(response)).rejects.toMatchObject({
      error: 'invalid_redirect_uri',
      status: 400,
    })
  })

  test('shows an initial access token where one is asked for', async () => {
    await server().call('settings.update', { registration: 'protected' })
    const { token } = await server().call<{ token: string }>('registration.token', {})
    const as = await discover()
    const refused = await oauth.dynamicClientRegistrationRequest(as, metadata, insecure)
    await expect(oauth.processDynamicClientRegistrationResponse(refused)).rejects.toThrow(
      oauth.WWWAuthenticateChallengeError,
    )
    const options = { ...insecure, initialAccessToken: token }
    const response = await oauth.dynamicClientRegistrationRequest(as, metadata, options)
    expect(await oauth.processDynamicClientRegistrationResponse(response)).toMatchObject(metadata)
    await server().call('settings.update', { registration: 'open' })
  })
})

test('openid-client registers as a public client, and logs a user in as that', async () => {
  const metadata = {
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  }
  const config = await client.dynamicClientRegistration(new URL(server().issuer), metadata, client.None(), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), {
    expectedState,
    expectedNonce,
    pkceCodeVerifier,
    idTokenExpected: true,
  })
  expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: config.clientMetadata().client_id })
  expect(await client.refreshTokenGrant(config, tokens.refresh_token!)).toHaveProperty('access_token')
})
