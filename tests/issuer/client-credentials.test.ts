import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

const service = basic('demo-service', 'demo-service-secret')
const authenticate = (issuer: Issuer, fields: Fields = {}, headers = service) =>
  issuer.token({ grant_type: 'client_credentials', ...fields }, headers)

describe('grant_type=client_credentials', () => {
  test('gives the client an access token for itself and no refresh token (RFC 6749 4.4.3)', async () => {
    const issuer = await openIssuer()
    const { status, body } = await authenticate(issuer, { scope: 'read' })
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'read',
    })
    const claims = decodeJwt(String(body.access_token))
    expect(claims).toMatchObject({ sub: 'demo-service', client_id: 'demo-service', scope: 'read' })
    expect(claims).not.toHaveProperty('auth_time')
  })

  test('takes the secret in the body too', async () => {
    const issuer = await openIssuer()
    const post = { client_id: 'demo-service', client_secret: 'demo-service-secret' }
    expect((await authenticate(issuer, post, {})).status).toBe(200)
  })

  test('is in the ledger without a user', async () => {
    const issuer = await openIssuer()
    await authenticate(issuer)
    expect((await issuer.call('tokens.list', {})).rows).toMatchObject([
      { kind: 'access', clientId: 'demo-service', userId: null, username: null },
    ])
  })

  test('reads and writes items by its scopes', async () => {
    const issuer = await openIssuer()
    const { body } = await authenticate(issuer, { scope: 'read write' })
    const token = bearer(String(body.access_token))
    expect((await issuer.get('/items', token)).status).toBe(200)
    const added = await issuer.postJson('/items', { title: 'by a service' }, token)
    expect(added.body).toMatchObject({ owner: 'demo-service' })
  })

  test('is nobody at /me, /2fa/setup and /2fa/verify', async () => {
    const issuer = await openIssuer()
    const token = bearer(String((await authenticate(issuer)).body.access_token))
    for (const answer of [
      await issuer.get('/me', token),
      await issuer.postJson('/2fa/setup', {}, token),
      await issuer.postJson('/2fa/verify', { code: '123456' }, token),
    ]) {
      expectInvalidToken(answer, 'Could not validate credentials')
      expect(await issuer.failedCheck()).toMatchObject({
        check: 'bearer.user-present',
        observed: 'a token demo-service got for itself',
      })
    }
  })
})

describe('grant_type=client_credentials is refused', () => {
  test('a client that is not registered for it: 400 unauthorized_client', async () => {
    const issuer = await openIssuer()
    expectRefusal(await authenticate(issuer, {}, basic('demo-web', 'demo-web-secret')), {
      status: 400,
      error: 'unauthorized_client',
      description: 'The client may not use the grant_type client_credentials',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'token.client-may-use-grant',
      observed: 'demo-web asks for client_credentials',
    })
  })

  test('a request without a client belongs to the default client, which may not', async () => {
    const issuer = await openIssuer()
    expectRefusal(await authenticate(issuer, {}, {}), {
      status: 400,
      error: 'unauthorized_client',
      description: 'The client may not use the grant_type client_credentials',
    })
  })
})
