import * as client from 'openid-client'
import { beforeEach, describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// What a client that does everything right says to the ready faults.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'

beforeEach(() => server().call('faults.delete', {}))

const arm = (preset: string) => server().call('faults.addPreset', { preset })

const discover = () =>
  client.discovery(new URL(server().issuer), 'demo-spa', undefined, client.None(), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })

async function logIn(parameters: Record<string, string> = {}) {
  const config = await discover()
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid read',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  const answer = await logInByForm(url)
  const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true }
  return { config, tokens: await client.authorizationCodeGrant(config, answer, checks) }
}

/** What it fails with, and its cause. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => expect.unreachable('it took the answer'),
    (failure: Error) => failure,
  )
  return [error.message, (error.cause as Error | undefined)?.message].join(': ')
}

describe('openid-client refuses', () => {
  test.each([
    ['wrong-nonce', /unexpected ID Token "nonce" claim value/],
    ['wrong-audience', /unexpected JWT "aud"/],
    ['forged-id-token', /signature/],
    ['jwks-without-key', /no applicable keys|JWKS|matching key/],
    ['state-changed', /unexpected "state" response parameter value/],
    ['mix-up', /unexpected "iss" \(issuer\) response parameter value/],
    ['access-denied', /access_denied|authorization response from the server is an error/],
    ['token-html', /unexpected response content-type/],
    ['wrong-token-type', /token_type/],
    ['token-cut', /failed to parse "response" body as JSON|terminated/],
  ])('%s', async (preset, says) => {
    await arm(preset)
    expect(await failureOf(logIn())).toMatch(says)
  })

  test('wrong-issuer, as soon as it reads the metadata', async () => {
    await arm('wrong-issuer')
    expect(await failureOf(discover())).toMatch(
      /discovered metadata issuer does not match the expected issuer/,
    )
  })

  test('jwks-down, since it cannot be reached', async () => {
    await arm('jwks-down')
    expect(await failureOf(logIn())).toMatch(/fetch failed|other side closed/)
  })
})

test('openid-client takes what is only unusual: no expires_in, and a token that comes late', async () => {
  await arm('no-expires-in')
  const fault = {
    name: 'Late',
    match: { endpoints: ['token'] },
    action: { kind: 'delay', ms: 300, when: 'after' },
  }
  await server().call('faults.create', fault)
  const { tokens } = await logIn()
  expect([tokens.expiresIn(), tokens.claims()?.sub]).toEqual([undefined, 'alice'])
})

test('a refresh whose answer is lost: the token is used up, and the next try ends the family', async () => {
  const { config, tokens } = await logIn({ scope: 'openid offline_access', prompt: 'consent' })
  await arm('refresh-lost')
  const refresh = () => client.refreshTokenGrant(config, tokens.refresh_token!)
  expect(await failureOf(refresh())).toMatch(/fetch failed|other side closed/)
  expect(await failureOf(refresh())).toMatch(/error in the response body|invalid_grant/)
})
