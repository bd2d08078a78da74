import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { rfc9396 } from '../support/rfc9396.ts'
import { answerDevice, logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// Tokens bound to a key, at an issuer that wants its nonces in every proof and tokens bound, as openid-client 6 and oauth4webapi get
// and check them; with resource indicators and authorization details.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'
const insecure = { [oauth.allowInsecureRequests]: true }
const payment = JSON.stringify([rfc9396.payment])

beforeAll(async () => {
  await server().call('settings.update', { dpopNonceRequired: true })
  for (const id of ['demo-spa', 'demo-web', 'demo-device', 'demo-service']) {
    await server().call('clients.update', { id, changes: { dpopBoundAccessTokens: true } })
  }
})

describe('openid-client', () => {
  const discover = (clientId: string, authentication: client.ClientAuth) =>
    client.discovery(new URL(server().issuer), clientId, undefined, authentication, {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    })

  /** A key, and a handle that keeps the issuer's nonces. */
  const handle = async (config: client.Configuration) =>
    client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))

  async function logIn(
    config: client.Configuration,
    DPoP: client.DPoPHandle,
    { pushed = false, parameters = {} }: { pushed?: boolean; parameters?: Record<string, string> } = {},
  ) {
    const verifier = client.randomPKCECodeVerifier()
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
    const request = {
      redirect_uri: CALLBACK,
      scope: 'openid email read',
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    }
    const url = pushed
      ? await client.buildAuthorizationUrlWithPAR(config, request, { DPoP })
      : client.buildAuthorizationUrl(config, {
          ...request,
          dpop_jkt: await DPoP.calculateThumbprint(),
        })
    const checks = { expectedState, expectedNonce, idTokenExpected: true, pkceCodeVerifier: verifier }
    return client.authorizationCodeGrant(config, await logInByForm(url), checks, undefined, { DPoP })
  }

  test.each([
    ['a public client, its code bound by dpop_jkt', 'demo-spa', () => client.None(), false],
    [
      'a confidential client, its code bound at /par',
      'demo-web',
      () => client.ClientSecretBasic('demo-web-secret'),
      true,
    ],
  ] as const)(
    '%s logs in, reads userinfo and API, and refreshes',
    async (_what, id, authentication, pushed) => {
      const config = await discover(id, authentication())
      const DPoP = await handle(config)
      const tokens = await logIn(config, DPoP, { pushed })
      expect(tokens.token_type).toBe('dpop')
      expect(await client.fetchUserInfo(config, tokens.access_token, 'alice', { DPoP })).toMatchObject({
        sub: 'alice',
        email: 'alice@example.test',
      })
      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!, undefined, { DPoP })
      expect(refreshed.token_type).toBe('dpop')
      const items = new URL(`${server().issuer}/items`)
      const token = refreshed.access_token
      const response = await client.fetchProtectedResource(config, token, items, 'GET', null, undefined, {
        DPoP,
      })
      expect(response.status).toBe(200)
      const asBearer = client.fetchProtectedResource(config, token, items, 'GET')
      await expect(asBearer).rejects.toMatchObject({ code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 })
    },
  )

  test('the refresh token of a public client is of no use without its key', async () => {
    const config = await discover('demo-spa', client.None())
    const { refresh_token } = await logIn(config, await handle(config))
    const DPoP = await handle(config)
    const stolen = client.refreshTokenGrant(config, refresh_token!, undefined, { DPoP })
    await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  test.each(['token', 'userinfo'])(
    'goes on with the nonce that a fault wants of it at %s',
    async (endpoint) => {
      await server().call('settings.update', { dpopNonceRequired: false })
      onTestFinished(async () => {
        await server().call('settings.update', { dpopNonceRequired: true })
        await server().call('faults.delete', {})
      })
      const config = await discover('demo-spa', client.None())
      const DPoP = await handle(config)
      const { id } = (await server().call('faults.create', {
        name: 'Nonce',
        match: { endpoints: [endpoint] },
        count: 1,
        action: { kind: 'error', code: 'use_dpop_nonce' },
      })) as { id: string }
      const { access_token } = await logIn(config, DPoP)
      await client.fetchUserInfo(config, access_token, 'alice', { DPoP })
      expect(await server().call('faults.get', { id })).toMatchObject({ hits: 1 })
    },
  )

  test('a device, and a client for itself', async () => {
    const device = await discover('demo-device', client.None())
    const started = await client.initiateDeviceAuthorization(device, { scope: 'openid read' })
    await answerDevice(new URL(started.verification_uri_complete!), 'allow')
    const polled = { ...started, interval: 0 }
    const tokens = await client.pollDeviceAuthorizationGrant(device, polled, undefined, {
      DPoP: await handle(device),
    })
    expect(tokens.token_type).toBe('dpop')
    const service = await discover('demo-service', client.ClientSecretPost('demo-service-secret'))
    const own = await client.clientCredentialsGrant(service, {}, { DPoP: await handle(service) })
    expect(own.token_type).toBe('dpop')
  })

  test('names resource and authorization_details, and gets what it named', async () => {
    const config = await discover('demo-spa', client.None())
    const resource = `${server().issuer}/items`
    const parameters = { resource, authorization_details: payment }
    const tokens = await logIn(config, await handle(config), { parameters })
    expect(tokens.authorization_details).toEqual(JSON.parse(payment))
    const introspecting = await discover('demo-web', client.ClientSecretBasic('demo-web-secret'))
    expect(await client.tokenIntrospection(introspecting, tokens.access_token)).toMatchObject({
      active: true,
      aud: resource,
      token_type: 'DPoP',
      cnf: { jkt: expect.stringMatching(/^[\w-]{43}$/) },
      authorization_details: JSON.parse(payment),
    })
  })
})

describe('oauth4webapi', () => {
  const service: oauth.Client = { client_id: 'demo-service' }
  const authentication = oauth.ClientSecretPost('demo-service-secret')

  /** From nothing but the URL of the API to the metadata of its issuer (RFC 9728, RFC 8414). */
  async function findIssuer(api: URL): Promise<oauth.AuthorizationServer> {
    const challenged = await oauth
      .protectedResourceRequest('none', 'GET', api, undefined, undefined, insecure)
      .catch((error) => error)
    const [challenge] = (challenged as oauth.WWWAuthenticateChallengeError).cause
    const metadata = new URL(challenge!.parameters.resource_metadata!)
    const response = await oauth.resourceDiscoveryRequest(api, insecure)
    expect(response.url).toBe(metadata.href)
    const resource = await oauth.processResourceDiscoveryResponse(api, response)
    const issuer = new URL(resource.authorization_servers![0]!)
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
    return oauth.processDiscoveryResponse(issuer, found)
  }

  test('finds the issuer, retries with its nonce, and shows a token that holds against RFC 9068 and 9449', async () => {
    const api = new URL(`${server().issuer}/items`)
    const as = await findIssuer(api)
    expect(as.dpop_signing_alg_values_supported).toContain('ES256')
    const DPoP = oauth.DPoP(service, await oauth.generateKeyPair('ES256'))
    const ask = async () => {
      const parameters = new URLSearchParams({ scope: 'read', resource: api.href })
      const options = { DPoP, ...insecure }
      const response = await oauth.clientCredentialsGrantRequest(
        as,
        service,
        authentication,
        parameters,
        options,
      )
      return oauth.processClientCredentialsResponse(as, service, response)
    }
    const first = await ask().catch((error) => error)
    expect(oauth.isDPoPNonceError(first)).toBe(true)
    const { access_token, token_type } = await ask()
    expect(token_type).toBe('dpop')

    const shown: Request[] = []
    const keep = {
      [oauth.customFetch]: (url: string, init: object) => {
        shown.push(new Request(url, init))
        return fetch(url, init)
      },
    }
    const show = () =>
      oauth.protectedResourceRequest(access_token, 'GET', api, undefined, undefined, {
        DPoP,
        ...insecure,
        ...keep,
      })
    expect((await show()).status).toBe(200)
    const claims = await oauth.validateJwtAccessToken(as, shown.at(-1)!, api.href, {
      requireDPoP: true,
      ...insecure,
    })
    expect(claims).toMatchObject({ client_id: 'demo-service', aud: api.href, scope: 'read' })
  })
})
