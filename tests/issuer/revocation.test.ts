import { describe, expect, test } from 'vitest'
import { expectInvalidToken } from '../support/expect-refusal.ts'
import { basic, bearer, type Issuer, openIssuer } from '../support/issuer.ts'

const spa = { client_id: 'demo-spa' }
const revoke = (issuer: Issuer, token: string, fields = {}) =>
  issuer.postForm('/revoke', { token, ...spa, ...fields })

describe('POST /revoke', () => {
  test('revokes an access token, and leaves the rest of its grant', async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice')
    const { status, text } = await revoke(issuer, access_token)
    expect({ status, text }).toEqual({ status: 200, text: '{}' })
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
    expect((await issuer.postJson('/refresh', { refresh_token })).status).toBe(200)
  })

  test('revokes a refresh token with its whole family (RFC 7009 2.1)', async () => {
    const issuer = await openIssuer()
    const { access_token, refresh_token } = await issuer.login('alice')
    await revoke(issuer, refresh_token!)
    expect((await issuer.postJson('/refresh', { refresh_token })).body.detail).toBe('Refresh token revoked')
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
  })

  test('is not stopped by a wrong token_type_hint', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await revoke(issuer, access_token, { token_type_hint: 'refresh_token' })
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token revoked')
  })

  test('answers 200 for a token nobody knows (RFC 7009 2.2)', async () => {
    const issuer = await openIssuer()
    expect((await revoke(issuer, 'garbage')).status).toBe(200)
  })

  test('refuses to revoke the token of another client', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const other = basic('demo-web', 'demo-web-secret')
    const { status, body } = await issuer.postForm('/revoke', { token: access_token }, other)
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_grant')
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test('wants a token', async () => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.postForm('/revoke', spa)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_request', error_description: 'Parameter token is missing' })
  })

  test('wants the client to authenticate', async () => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.postForm('/revoke', { token: 'x', client_id: 'demo-web' })
    expect(status).toBe(401)
    expect(body.error).toBe('invalid_client')
  })
})
