import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CompactEncrypt,
  type CryptoKey,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// Clients whose answers are encrypted, and who encrypt what they ask, as openid-client 6, oauth4webapi and jose do it.

const server = serverForFile()
const CALLBACK = 'http://127.0.0.1:54321/callback'
const insecure = { [oauth.allowInsecureRequests]: true }
const objects = new Map<string, string>()
/** The app itself: its keys, and the requests it serves. */
const app = createServer((request, response) => {
  const object = objects.get(request.url ?? '')
  if (object !== undefined) response.setHeader('content-type', 'application/oauth-authz-req+jwt').end(object)
  else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }))
})
let jwks: JWK[]
let origin: string
let decryption: { rsa: CryptoKey; ec: CryptoKey }
let signing: CryptoKey

beforeAll(async () => {
  const rsa = await generateKeyPair('RSA-OAEP-256')
  const ec = await generateKeyPair('ECDH-ES')
  const sig = await generateKeyPair('ES256')
  decryption = { rsa: rsa.privateKey, ec: ec.privateKey }
  signing = sig.privateKey
  jwks = [
    { ...(await exportJWK(sig.publicKey)), kid: 's1', use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'r1', use: 'enc' },
    { ...(await exportJWK(ec.publicKey)), kid: 'e1', use: 'enc' },
  ]
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  await server().call('clients.create', {
    id: 'opener',
    secret: 'a secret of thirty-two characters',
    authMethods: ['client_secret_basic', 'client_secret_post'],
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: [CALLBACK],
    jwksUri: `${origin}/jwks`,
    requestUris: [`${origin}/request.jwt`],
    idTokenEncryptedResponseAlg: 'RSA-OAEP-256',
    idTokenEncryptedResponseEnc: 'A256GCM',
    userinfoSignedResponseAlg: 'RS256',
    userinfoEncryptedResponseAlg: 'RSA-OAEP-256',
    introspectionEncryptedResponseAlg: 'RSA-OAEP-256',
    authorizationEncryptedResponseAlg: 'ECDH-ES+A256KW',
    authorizationEncryptedResponseEnc: 'A128CBC-HS256',
  })
})
afterAll(() => new Promise((resolve) => app.close(resolve)))

const metadata = {
  userinfo_signed_response_alg: 'RS256',
  introspection_signed_response_alg: 'RS256',
}
const authentication = () => client.ClientSecretPost('a secret of thirty-two characters')

/** openid-client, with the keys it decrypts with. */
async function discover(
  more: ((config: client.Configuration) => void)[] = [],
): Promise<client.Configuration> {
  const config = await client.discovery(new URL(server().issuer), 'opener', metadata, authentication(), {
    execute: [client.allowInsecureRequests, ...more],
  })
  client.enableDecryptingResponses(
    config,
    ['A256GCM', 'A128CBC-HS256'],
    { key: decryption.rsa, kid: 'r1' },
    { key: decryption.ec, kid: 'e1' },
  )
  return config
}

async function request(config: client.Configuration) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const parameters = {
    redirect_uri: CALLBACK,
    scope: 'openid email read',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }
  return {
    config,
    parameters,
    checks: { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true },
  }
}

/** The parameters of a request, signed by the app and encrypted for the issuer, as jose does both. */
async function sealed(config: client.Configuration, parameters: Record<string, string>, alg: string) {
  const { jwks_uri, issuer } = config.serverMetadata()
  const { keys } = (await (await fetch(jwks_uri!)).json()) as { keys: JWK[] }
  const key = keys.find(({ use, kty }) => use === 'enc' && (kty === 'RSA') === alg.startsWith('RSA'))!
  const signed = await new SignJWT({ ...parameters, client_id: 'opener', response_type: 'code' })
    .setProtectedHeader({ alg: 'ES256', kid: 's1', typ: 'oauth-authz-req+jwt' })
    .setIssuer('opener')
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(signing)
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg, enc: 'A128CBC-HS256', cty: 'JWT', kid: key.kid! })
    .encrypt(await importJWK(key, alg))
}

describe('openid-client', () => {
  test('decrypts ID token, userinfo and introspection', async () => {
    const { config, parameters, checks } = await request(await discover())
    const answer = await logInByForm(client.buildAuthorizationUrl(config, parameters))
    const tokens = await client.authorizationCodeGrant(config, answer, checks)
    expect(tokens.id_token!.split('.')).toHaveLength(5)
    expect(tokens.claims()).toMatchObject({ sub: 'alice', aud: 'opener' })
    expect(await client.fetchUserInfo(config, tokens.access_token, 'alice')).toMatchObject({
      email: 'alice@example.test',
    })
    expect(await client.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true })
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(refreshed.claims()).toMatchObject({ sub: 'alice' })
  })

  test('takes an encrypted JARM answer', async () => {
    const { config, parameters, checks } = await request(await discover([client.useJwtResponseMode]))
    const url = client.buildAuthorizationUrl(config, parameters)
    expect(url.searchParams.get('response_mode')).toBe('jwt')
    const answer = await logInByForm(url)
    expect(answer.searchParams.get('response')!.split('.')).toHaveLength(5)
    const tokens = await client.authorizationCodeGrant(config, answer, checks)
    expect(tokens.claims()).toMatchObject({ sub: 'alice' })
  })

  test('without its key it says that the answer stays shut', async () => {
    const { config, parameters, checks } = await request(
      await client.discovery(new URL(server().issuer), 'opener', metadata, authentication(), {
        execute: [client.allowInsecureRequests],
      }),
    )
    const answer = await logInByForm(client.buildAuthorizationUrl(config, parameters))
    await expect(client.authorizationCodeGrant(config, answer, checks)).rejects.toThrow()
  })
})

describe('jose', () => {
  test.each(['RSA-OAEP-256', 'ECDH-ES+A128KW'])(
    'encrypts a request object for the issuer by %s',
    async (alg) => {
      if (alg.startsWith('ECDH')) await server().call('keys.generate', { use: 'encryption', alg: 'ECDH-ES' })
      const { config, parameters, checks } = await request(await discover())
      const url = new URL(config.serverMetadata().authorization_endpoint!)
      url.search = String(
        new URLSearchParams({ client_id: 'opener', request: await sealed(config, parameters, alg) }),
      )
      const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), checks)
      expect(tokens.claims()).toMatchObject({ sub: 'alice' })
    },
  )

  test('what it encrypted is fetched from the request_uri of the app', async () => {
    const { config, parameters, checks } = await request(await discover())
    objects.set('/request.jwt', await sealed(config, parameters, 'RSA-OAEP'))
    const url = new URL(config.serverMetadata().authorization_endpoint!)
    url.search = String(new URLSearchParams({ client_id: 'opener', request_uri: `${origin}/request.jwt` }))
    const tokens = await client.authorizationCodeGrant(config, await logInByForm(url), checks)
    expect(tokens.scope).toBe('openid email read')
  })
})

describe('oauth4webapi', () => {
  test('decrypts an ID token with jweDecrypt', async () => {
    const issuer = new URL(server().issuer)
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
    expect(as.id_token_encryption_alg_values_supported).toContain('RSA-OAEP-256')
    const verifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
    const url = new URL(as.authorization_endpoint!)
    url.search = new URLSearchParams({
      client_id: 'opener',
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    const opener: oauth.Client = { client_id: 'opener' }
    const parameters = oauth.validateAuthResponse(as, opener, await logInByForm(url), state)
    const secret = oauth.ClientSecretPost('a secret of thirty-two characters')
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      opener,
      secret,
      parameters,
      CALLBACK,
      verifier,
      insecure,
    )
    const result = await oauth.processAuthorizationCodeResponse(as, opener, response, {
      expectedNonce: nonce,
      requireIdToken: true,
      [oauth.jweDecrypt]: async (jwe) => {
        const { plaintext } = await compactDecrypt(jwe, decryption.rsa)
        return new TextDecoder().decode(plaintext)
      },
    })
    expect(oauth.getValidatedIdTokenClaims(result)).toMatchObject({ sub: 'alice', aud: 'opener' })
  })
})
