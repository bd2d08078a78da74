import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverForFile } from './server.ts'

// Clients that sign JWTs, as openid-client 6 and oauth4webapi make them: to authenticate, as a grant, and for token exchange.

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const SECRET = 'a secret of thirty-two characters'
const insecure = { [oauth.allowInsecureRequests]: true }

const server = serverForFile()
const keySets = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicJwk] }))
})
let publicJwk: object
let privateKey: CryptoKey

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  privateKey = pair.privateKey
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1' }
  await new Promise<void>((resolve) => keySets.listen(0, '127.0.0.1', resolve))
  const jwksUri = `http://127.0.0.1:${(keySets.address() as AddressInfo).port}/jwks`
  const grantTypes = ['client_credentials', JWT_BEARER, TOKEN_EXCHANGE]
  const authMethods = ['private_key_jwt']
  const secret = { secret: SECRET, authMethods: ['client_secret_jwt'] }
  await server().call('clients.create', {
    id: 'inline',
    authMethods,
    jwks: { keys: [publicJwk] },
    grantTypes,
  })
  await server().call('clients.create', { id: 'fetched', authMethods, jwksUri, grantTypes })
  await server().call('clients.create', { id: 'hmac', ...secret, grantTypes })
})
afterAll(() => new Promise((resolve) => keySets.close(resolve)))

const withKey = () => client.PrivateKeyJwt({ key: privateKey, kid: 'k1' })
const discover = (id: string, authentication: client.ClientAuth) =>
  client.discovery(new URL(server().issuer), id, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  })

describe('openid-client', () => {
  test.each([
    ['private_key_jwt with registered keys', 'inline', withKey],
    ['private_key_jwt with keys behind jwks_uri', 'fetched', withKey],
    ['client_secret_jwt', 'hmac', () => client.ClientSecretJwt(SECRET)],
  ])('%s: gets, introspects and revokes a token', async (_how, id, authentication) => {
    const config = await discover(id, authentication())
    const { access_token } = await client.clientCredentialsGrant(config)
    expect(await client.tokenIntrospection(config, access_token)).toMatchObject({
      active: true,
      client_id: id,
    })
    await client.tokenRevocation(config, access_token)
    expect(await client.tokenIntrospection(config, access_token)).toEqual({ active: false })
  })

  test('a key nobody registered is refused with the reason', async () => {
    const { privateKey: key } = await generateKeyPair('ES256')
    const config = await discover('inline', client.PrivateKeyJwt({ key, kid: 'k1' }))
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({
      code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
      status: 401,
    })
  })

  test('vouches for a user, and exchanges the token for one it may act with', async () => {
    const config = await discover('inline', withKey())
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer('inline')
      .setSubject('alice')
      .setAudience(server().issuer)
      .setExpirationTime('1 minute')
      .sign(privateKey)
    const alice = await client.genericGrantRequest(config, JWT_BEARER, { assertion, scope: 'read write' })
    expect(alice.scope).toBe('read write')

    const own = await client.clientCredentialsGrant(config)
    const exchanged = await client.genericGrantRequest(config, TOKEN_EXCHANGE, {
      subject_token: alice.access_token,
      subject_token_type: ACCESS_TOKEN,
      actor_token: own.access_token,
      actor_token_type: ACCESS_TOKEN,
      scope: 'read',
    })
    expect(exchanged).toMatchObject({ issued_token_type: ACCESS_TOKEN, scope: 'read' })
    expect(await client.tokenIntrospection(config, exchanged.access_token)).toMatchObject({
      active: true,
      sub: 'alice',
      client_id: 'inline',
      act: { sub: 'inline' },
    })
  })
})

describe('oauth4webapi', () => {
  test('private_key_jwt: gets a token of its own, and trades it', async () => {
    const issuer = new URL(server().issuer)
    const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
    const as = await oauth.processDiscoveryResponse(issuer, discovery)
    const app: oauth.Client = { client_id: 'fetched' }
    const authentication = oauth.PrivateKeyJwt({ key: privateKey, kid: 'k1' })
    const first = await oauth.clientCredentialsGrantRequest(as, app, authentication, {}, insecure)
    const { access_token } = await oauth.processClientCredentialsResponse(as, app, first)
    const second = await oauth.genericTokenEndpointRequest(
      as,
      app,
      authentication,
      TOKEN_EXCHANGE,
      { subject_token: access_token, subject_token_type: ACCESS_TOKEN, audience: 'demo-service' },
      insecure,
    )
    expect(await oauth.processGenericTokenEndpointResponse(as, app, second)).toMatchObject({
      issued_token_type: ACCESS_TOKEN,
      token_type: 'bearer',
    })
  })
})
