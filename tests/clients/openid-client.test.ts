import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// openid-client 6 as its README has it, with every check it offers. Only plain http has to be allowed.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'

const discover = (clientId: string, authentication: client.ClientAuth) =>
  client.discovery(new URL(server().issuer), clientId, undefined, authentication, {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })
const asSpa = () => discover('demo-spa', client.None())
const asWeb = () => discover('demo-web', client.ClientSecretBasic('demo-web-secret'))

interface Login {
  config: client.Configuration
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>
}

async function logIn(
  config: client.Configuration,
  parameters: Record<string, string> = {},
  { pkce = true } = {},
): Promise<Login> {
  const verifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const challenge = {
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email read',
    state: expectedState,
    nonce: expectedNonce,
    ...(pkce ? challenge : {}),
    ...parameters,
  })
  const answer = await logInByForm(url)
  const tokens = await client.authorizationCodeGrant(config, answer, {
    expectedState,
    expectedNonce,
    idTokenExpected: true,
    ...(pkce ? { pkceCodeVerifier: verifier } : {}),
    ...(parameters.max_age ? { maxAge: Number(parameters.max_age) } : {}),
  })
  return { config, tokens }
}

describe('openid-client', () => {
  test.each([
    ['a public client', asSpa],
    ['a confidential client', asWeb],
  ])('%s logs in by code with PKCE, state, nonce and iss, and reads userinfo', async (_what, discovered) => {
    const { config, tokens } = await logIn(await discovered())
    const claims = tokens.claims()!
    expect(claims).toMatchObject({ iss: server().issuer, sub: 'alice', amr: ['pwd'], acr: '1' })
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'openid profile email read' })
    expect(await client.fetchUserInfo(config, tokens.access_token, claims.sub)).toMatchObject({
      sub: 'alice',
      name: 'Alice Liddell',
      email: 'alice@example.test',
      email_verified: true,
    })
    const items = await client.fetchProtectedResource(
      config,
      tokens.access_token,
      new URL(`${server().issuer}/items`),
      'GET',
    )
    expect(items.status).toBe(200)
  })

  test('a confidential client without PKCE, and max_age', async () => {
    const { tokens } = await logIn(await asWeb(), { max_age: '3600' }, { pkce: false })
    expect(tokens.claims()?.auth_time).toBeTypeOf('number')
  })

  test.each([
    ['a public client', asSpa],
    ['a confidential client', asWeb],
  ])(
    '%s pushes its request, and brings only client_id and request_uri to the browser',
    async (_what, discovered) => {
      const config = await discovered()
      const verifier = client.randomPKCECodeVerifier()
      const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
      const url = await client.buildAuthorizationUrlWithPAR(config, {
        redirect_uri: CALLBACK,
        scope: 'openid read',
        state: expectedState,
        nonce: expectedNonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
      const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), {
        expectedState,
        expectedNonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      expect(tokens.claims()).toMatchObject({ sub: 'alice' })
      expect(tokens.scope).toBe('openid read')
    },
  )

  test('a pushed request that would be refused is refused at once', async () => {
    const parameters = { redirect_uri: 'https://elsewhere.test/', scope: 'openid' }
    await expect(client.buildAuthorizationUrlWithPAR(await asSpa(), parameters)).rejects.toMatchObject({
      error: 'invalid_request',
      status: 400,
    })
  })

  test('knows from discovery that PKCE works', async () => {
    expect((await asSpa()).serverMetadata().supportsPKCE()).toBe(true)
  })

  test('refreshes with a new ID token of the same login, and is refused the second use', async () => {
    const { config, tokens } = await logIn(await asSpa())
    const next = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(next.claims()).toMatchObject({ sub: 'alice', auth_time: tokens.claims()!.auth_time })
    await expect(client.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    })
  })

  test('introspects and revokes', async () => {
    const { config, tokens } = await logIn(await asWeb())
    expect(await client.tokenIntrospection(config, tokens.access_token)).toMatchObject({
      active: true,
      sub: 'alice',
      client_id: 'demo-web',
    })
    await client.tokenRevocation(config, tokens.refresh_token!)
    expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false })
    await expect(client.fetchUserInfo(config, tokens.access_token, 'alice')).rejects.toMatchObject({
      status: 401,
    })
  })

  test('a denied login is an AuthorizationResponseError with the reason', async () => {
    const config = await asSpa()
    const expectedState = client.randomState()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      prompt: 'none',
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    })
    const answer = await logInByForm(url)
    await expect(client.authorizationCodeGrant(config, answer, { expectedState })).rejects.toMatchObject({
      error: 'login_required',
      error_description: 'The user has to log in',
    })
  })

  test('a wrong verifier is told to the client, and why to the trace', async () => {
    const config = await asSpa()
    const expectedState = client.randomState()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'read',
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    })
    const checks = { expectedState, pkceCodeVerifier: client.randomPKCECodeVerifier() }
    await expect(client.authorizationCodeGrant(config, await logInByForm(url), checks)).rejects.toMatchObject(
      {
        error: 'invalid_grant',
        error_description: 'code_verifier does not match the code_challenge',
      },
    )
  })

  test('builds a logout URL that leads back to the app', async () => {
    const { config, tokens } = await logIn(await asSpa())
    const url = client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: 'http://127.0.0.1:54321/bye',
      id_token_hint: tokens.id_token!,
      state: 'done',
    })
    const answer = await fetch(url, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      'http://127.0.0.1:54321/bye?state=done',
    ])
  })
})
