import * as client from 'openid-client'
import { beforeAll, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// openid-client 6 at an issuer that is not the default one: it compares iss everywhere, and follows nothing but discovery.

const CALLBACK = 'http://127.0.0.1:54321/callback'
const server = serverForFile()

beforeAll(() => server().call('issuers.create', { name: 'acme', settings: { signingAlg: 'ES256' } }))

const discover = (issuer: string, options: client.DiscoveryRequestOptions = {}) =>
  client.discovery(new URL(issuer), 'demo-spa', undefined, client.None(), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    ...options,
  })

async function logIn(config: client.Configuration) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true }
  return client.authorizationCodeGrant(config, await logInByForm(url), checks)
}

test.each(['oidc', 'oauth2'] as const)(
  'openid-client logs in at /acme by its %s metadata',
  async (algorithm) => {
    const issuer = `${server().issuer}/acme`
    const config = await discover(issuer, { algorithm })
    expect(config.serverMetadata().issuer).toBe(issuer)
    const tokens = await logIn(config)
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub: 'alice' })
    expect(await client.fetchUserInfo(config, tokens.access_token, 'alice')).toMatchObject({
      name: 'Alice Liddell',
    })
    const next = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(next.claims()).toMatchObject({ iss: issuer })
  },
)

test('openid-client is refused by one issuer with what another gave', async () => {
  const [root, acme] = await Promise.all(
    [server().issuer, `${server().issuer}/acme`].map((url) => discover(url)),
  )
  const tokens = await logIn(acme!)
  await expect(client.refreshTokenGrant(root!, tokens.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  })
  await expect(client.fetchUserInfo(root!, tokens.access_token, 'alice')).rejects.toMatchObject({
    status: 401,
  })
})
