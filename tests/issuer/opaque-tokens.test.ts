import { describe, expect, test } from 'vitest'
import { expectInvalidToken } from '../support/expect-refusal.ts'
import { basic, bearer, type Issuer, openIssuer } from '../support/issuer.ts'
import { logInByCode } from '../support/login.ts'

const OPAQUE = /^[\w-]{43}$/

async function opaque(clientId = 'demo-spa'): Promise<Issuer> {
  const issuer = await openIssuer()
  await issuer.call('clients.update', { id: clientId, changes: { accessTokenFormat: 'opaque' } })
  return issuer
}

const introspect = async (issuer: Issuer, token: string) =>
  (await issuer.postForm('/introspect', { token }, basic('demo-service', 'demo-service-secret'))).body

describe('an opaque access token', () => {
  test('says nothing by itself, and opens what a JWT opens', async () => {
    const issuer = await opaque()
    const { accessToken } = await logInByCode(issuer, { scope: 'openid email read' })
    expect(accessToken).toMatch(OPAQUE)
    expect((await issuer.get('/items', bearer(accessToken))).status).toBe(200)
    expect((await issuer.get('/me', bearer(accessToken))).body).toMatchObject({ sub: 'alice' })
    expect((await issuer.get('/userinfo', bearer(accessToken))).body).toMatchObject({
      sub: 'alice',
      email: 'alice@example.test',
    })
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'bearer.token-genuine')?.observed).toBe(
      'opaque, and known to the ledger',
    )
  })

  test('is told to APIs by introspection, with the claims a JWT would show', async () => {
    const issuer = await opaque()
    await issuer.call('users.update', {
      id: 'alice',
      changes: { claims: { roles: ['admin'], active: 'no' } },
    })
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    expect(await introspect(issuer, access_token)).toMatchObject({
      active: true,
      scope: 'read',
      client_id: 'demo-spa',
      token_type: 'Bearer',
      sub: 'alice',
      aud: 'http://127.0.0.1:4400',
      roles: ['admin'],
    })
  })

  test('is refused when nobody issued it, it was changed, has expired or is of another issuer', async () => {
    const issuer = await opaque()
    const { access_token } = await issuer.login('alice')
    const other = access_token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    expectInvalidToken(await issuer.get('/me', bearer(other)), 'Malformed token')
    expect(await introspect(issuer, other)).toEqual({ active: false })
    await issuer.call('issuers.create', { name: 'other', settings: {} })
    expect((await issuer.get('/other/me', bearer(access_token))).status).toBe(401)
    issuer.clock.advance(900)
    expectInvalidToken(await issuer.get('/me', bearer(access_token)), 'Token expired')
    expect(await introspect(issuer, access_token)).toEqual({ active: false })
  })

  test('is revoked by itself and with its family', async () => {
    const issuer = await opaque()
    const one = await issuer.login('alice')
    await issuer.postForm('/revoke', { token: one.access_token, client_id: 'demo-spa' })
    expectInvalidToken(await issuer.get('/me', bearer(one.access_token)), 'Token revoked')
    const two = await issuer.login('alice')
    await issuer.postForm('/revoke', { token: two.refresh_token!, client_id: 'demo-spa' })
    expectInvalidToken(await issuer.get('/me', bearer(two.access_token)), 'Token revoked')
  })

  test('comes from a refresh again, at both routes; the refresh token is not one', async () => {
    const issuer = await opaque()
    const { access_token, refresh_token } = await issuer.login('alice')
    const fields = { grant_type: 'refresh_token', client_id: 'demo-spa' }
    expect((await issuer.token({ ...fields, refresh_token: access_token })).body.error).toBe('invalid_grant')
    const second = (await issuer.token({ ...fields, refresh_token: refresh_token! })).body
    expect(second.access_token).toMatch(OPAQUE)
    const third = (await issuer.postJson('/refresh', { refresh_token: second.refresh_token })).body
    expect((await issuer.get('/me', bearer(String(third.access_token)))).status).toBe(200)
    expect((await issuer.get('/me', bearer(String(third.refresh_token)))).status).toBe(401)
  })

  test('waits for the second factor, and logs out', async () => {
    const issuer = await opaque()
    const { access_token } = await issuer.login('carol')
    expect(access_token).toMatch(OPAQUE)
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(401)
    const { code } = await issuer.call('users.secondFactor', { id: 'carol' })
    const { body } = await issuer.postForm('/2fa/verify', { code: code! }, bearer(access_token))
    const full = bearer(String(body.access_token))
    expect((await issuer.get('/me', full)).status).toBe(200)
    expect((await issuer.postForm('/logout', {}, full)).status).toBe(200)
    expectInvalidToken(await issuer.get('/me', full), 'Token revoked')
  })

  test('can be exchanged, and is what an exchange gives (RFC 8693)', async () => {
    const issuer = await opaque('demo-web')
    const web = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { access_token } = await issuer.login('alice', { ...web, scope: 'read write' })
    const { body } = await issuer.token({
      ...web,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      scope: 'read',
    })
    expect(body).toMatchObject({
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      scope: 'read',
    })
    expect(body.access_token).toMatch(OPAQUE)
    expect(await introspect(issuer, String(body.access_token))).toMatchObject({ active: true, sub: 'alice' })
  })

  test('is a row of the ledger with its claims, and what is pasted is looked up', async () => {
    const issuer = await opaque()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const { row, signature, reason } = await issuer.call('tokens.inspect', {
      input: `Bearer ${access_token}`,
    })
    expect([signature, row?.state]).toEqual(['not_checked', 'active'])
    expect(reason).not.toContain('only its issuer can say')
    const { claims, header } = await issuer.call('tokens.get', { jti: row!.jti })
    expect([claims.sub, header]).toEqual(['alice', {}])
    await issuer.call('tokens.revoke', { jtis: [row!.jti] })
    expect((await issuer.call('tokens.inspect', { input: access_token })).verdict).toBe('revoked')
    await issuer.call('tokens.restore', { jtis: [row!.jti] })
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })
})
