import { type CryptoKey, exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// What may pass through the browser besides plain parameters, as openid-client 6 and oauth4webapi have it: request objects,
// signed answers, and the response types of an earlier time.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'
const insecure = { [oauth.allowInsecureRequests]: true }
const KID = 'k1'
let key: CryptoKey

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  key = pair.privateKey
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: KID }] }
  const redirectUris = ['loopback']
  await server().call('settings.update', { legacyResponseTypes: true })
  await server().call('clients.create', {
    id: 'signer',
    authMethods: ['private_key_jwt'],
    jwks,
    redirectUris,
    profile: 'strict',
    // Else a person would have to take an error to the app (RFC 9700 4.11.2), and nobody is here.
    checkLevels: { 'authorize.user-first': 'off' },
    requireSignedRequestObject: true,
    requirePushedAuthorizationRequests: false,
  })
  await server().call('clients.create', {
    id: 'legacy',
    authMethods: ['none'],
    redirectUris,
    responseTypes: ['code', 'id_token', 'code id_token', 'code id_token token'],
    authorizationSignedResponseAlg: 'ES256',
  })
})

const signingKey = () => ({ key, kid: KID })

const discover = (
  id: string,
  authentication: client.ClientAuth,
  ...more: ((config: client.Configuration) => void)[]
) =>
  client.discovery(new URL(server().issuer), id, undefined, authentication, {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks, ...more],
  })

/** A request with all that a login can be checked by, and the checks. */
async function request(parameters: Record<string, string> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  return {
    parameters: {
      redirect_uri: CALLBACK,
      scope: 'openid read',
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...parameters,
    },
    checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
  }
}

describe('openid-client', () => {
  test('sends its request signed, under the strict profile', async () => {
    const config = await discover('signer', client.PrivateKeyJwt(signingKey()))
    const { parameters, checks } = await request({ max_age: '3600' })
    const url = await client.buildAuthorizationUrlWithJAR(config, parameters, signingKey())
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request'])
    const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), {
      ...checks,
      maxAge: 3600,
    })
    expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: 'signer' })
  })

  test('pushes a signed request', async () => {
    const config = await discover('signer', client.PrivateKeyJwt(signingKey()))
    const { parameters, checks } = await request()
    const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, signingKey())
    const pushed = await client.buildAuthorizationUrlWithPAR(config, signed.searchParams)
    expect([...pushed.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    const tokens = await client.authorizationCodeGrant(config, await logInByForm(pushed), checks)
    expect(tokens.scope).toBe('openid read')
  })

  test('is told when it has to sign and does not', async () => {
    const config = await discover('signer', client.PrivateKeyJwt(signingKey()))
    const { parameters, checks } = await request()
    const answer = await logInByForm(client.buildAuthorizationUrl(config, parameters))
    await expect(client.authorizationCodeGrant(config, answer, checks)).rejects.toMatchObject({
      error: 'invalid_request',
      error_description: 'The client has to send a signed request object',
    })
  })

  test('takes its answer as a signed JWT, and an error too', async () => {
    const config = await discover('demo-spa', client.None(), client.useJwtResponseMode)
    const { parameters, checks } = await request()
    const url = client.buildAuthorizationUrl(config, parameters)
    expect(url.searchParams.get('response_mode')).toBe('jwt')
    const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), checks)
    expect(tokens.claims()).toMatchObject({ sub: 'alice' })
    const silent = await request({ prompt: 'none' })
    const refused = await logInByForm(client.buildAuthorizationUrl(config, silent.parameters))
    await expect(client.authorizationCodeGrant(config, refused, silent.checks)).rejects.toMatchObject({
      error: 'login_required',
    })
  })

  test('takes code and ID token, each bound to the other', async () => {
    const config = await discover('legacy', client.None(), client.useCodeIdTokenResponseType)
    const { parameters, checks } = await request()
    const answer = await logInByForm(client.buildAuthorizationUrl(config, parameters))
    expect(answer.hash).toMatch(/id_token=/)
    const tokens = await client.authorizationCodeGrant(config, answer, checks)
    expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: 'legacy' })
  })

  test('takes an ID token alone', async () => {
    const config = await discover('legacy', client.None(), client.useIdTokenResponseType)
    const { expectedState, expectedNonce } = (await request()).checks
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid email',
      state: expectedState,
      nonce: expectedNonce,
    })
    const claims = await client.implicitAuthentication(config, await logInByForm(url), expectedNonce, {
      expectedState,
    })
    expect(claims).toMatchObject({ sub: 'alice', email: 'alice@example.test' })
  })
})

describe('oauth4webapi', () => {
  const app: oauth.Client = { client_id: 'signer' }
  const legacy: oauth.Client = { client_id: 'legacy', authorization_signed_response_alg: 'ES256' }

  async function authorizationServer(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(server().issuer)
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  }

  const urlOf = (as: oauth.AuthorizationServer, parameters: Record<string, string>) =>
    new URL(`${as.authorization_endpoint}?${new URLSearchParams(parameters)}`)

  test('issues a request object that is taken, once', async () => {
    const as = await authorizationServer()
    const { parameters, checks } = await request({ response_type: 'code' })
    const object = await oauth.issueRequestObject(as, app, parameters, signingKey())
    const url = urlOf(as, { client_id: 'signer', request: object })
    const answer = oauth.validateAuthResponse(as, app, await logInByForm(url), checks.expectedState)
    const authentication = oauth.PrivateKeyJwt(signingKey())
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      app,
      authentication,
      answer,
      CALLBACK,
      checks.pkceCodeVerifier,
      insecure,
    )
    const { expectedNonce } = checks
    const tokens = await oauth.processAuthorizationCodeResponse(as, app, response, { expectedNonce })
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'openid read' })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(400)
  })

  test.each(['jwt', 'query.jwt', 'fragment.jwt'])('validates an answer of %s', async (response_mode) => {
    const as = await authorizationServer()
    const { parameters, checks } = await request({ response_type: 'code', response_mode })
    const answer = await logInByForm(urlOf(as, { client_id: 'legacy', ...parameters }))
    const sent = answer.hash === '' ? answer : new URLSearchParams(answer.hash.slice(1))
    const validated = await oauth.validateJwtAuthResponse(as, legacy, sent, checks.expectedState, insecure)
    expect([...validated.keys()]).toEqual(expect.arrayContaining(['code', 'state', 'iss']))
  })

  test('validates code and ID token in the fragment', async () => {
    const as = await authorizationServer()
    const { parameters, checks } = await request({ response_type: 'code id_token' })
    const answer = await logInByForm(urlOf(as, { client_id: 'legacy', ...parameters }))
    const validated = await oauth.validateCodeIdTokenResponse(
      as,
      legacy,
      answer,
      checks.expectedNonce,
      checks.expectedState,
      oauth.skipAuthTimeCheck,
      insecure,
    )
    expect(validated.has('code')).toBe(true)
  })
})
