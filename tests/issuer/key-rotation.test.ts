import { generateKeyPairSync } from 'node:crypto'
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose'
import { describe, expect, test } from 'vitest'
import { basic, bearer, type Issuer, openIssuer, START } from '../support/issuer.ts'

const kidOf = (token: string): string => decodeProtectedHeader(token).kid!
const verifyByJwks = async (issuer: Issuer, token: string, path = '') => {
  const jwks = (await issuer.get(`${path}/jwks`)).body as unknown as JSONWebKeySet
  return jwtVerify(token, createLocalJWKSet(jwks), { currentDate: new Date(START) })
}
const introspect = async (issuer: Issuer, token: string) =>
  (await issuer.postForm('/introspect', { token }, basic('demo-web', 'demo-web-secret'))).body
const isServed = async (issuer: Issuer, token: string) =>
  (await issuer.get('/me', bearer(token))).status === 200
const rotate = async (issuer: Issuer) =>
  (await issuer.call('keys.generate', { alg: 'ES256', activate: true })).kid

describe('rotating signing keys', () => {
  test('tokens of the former key verify as long as it is in the JWKS, ID tokens too', async () => {
    const issuer = await openIssuer()
    const before = await issuer.login('alice', { scope: 'openid read' })
    const kid = await rotate(issuer)
    const after = await issuer.login('alice', { scope: 'openid read' })
    expect(kidOf(after.access_token)).toBe(kid)
    expect(kidOf(String(after.id_token))).toBe(kid)
    for (const { access_token, id_token } of [before, after]) {
      await verifyByJwks(issuer, access_token)
      await verifyByJwks(issuer, String(id_token))
      expect(await isServed(issuer, access_token)).toBe(true)
    }
  })

  test('a key removed early: who looks at the JWKS refuses, and the issuer itself still knows', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await rotate(issuer)
    await issuer.call('keys.retire', { kid: kidOf(access_token) })
    await expect(verifyByJwks(issuer, access_token)).rejects.toThrow(errors.JWKSNoMatchingKey)
    expect(await introspect(issuer, access_token)).toMatchObject({ active: true, sub: 'alice' })
    expect(await isServed(issuer, access_token)).toBe(true)
    await issuer.call('keys.publish', { kid: kidOf(access_token) })
    await verifyByJwks(issuer, access_token)
  })

  test('another key that comes with the kid of a former one: what that signed is forged, though it was served before', async () => {
    const issuer = await openIssuer()
    const bring = () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const text = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'again' })
      return issuer.call('keys.import', { text, activate: true })
    }
    await bring()
    const { access_token } = await issuer.login('alice')
    expect(await isServed(issuer, access_token)).toBe(true)
    await rotate(issuer)
    await issuer.call('keys.retire', { kid: 'again' })
    // A key goes once nothing lives that it signed; and time may go back.
    issuer.clock.advance(86_400)
    await issuer.call('keys.delete', { kid: 'again' })
    issuer.clock.advance(-86_400)
    await bring()
    expect(await isServed(issuer, access_token)).toBe(false)
    expect(await issuer.failedCheck()).toMatchObject({ observed: expect.stringContaining('does not match') })
  })

  test('what a revoked key signed is refused everywhere, also what the issuer never saw', async () => {
    const issuer = await openIssuer()
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const leaked = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'leaked' }
    await issuer.call('keys.import', { text: JSON.stringify(leaked), activate: true })
    const { access_token, refresh_token } = await issuer.login('alice')
    expect(kidOf(access_token)).toBe('leaked')
    await rotate(issuer)
    await issuer.call('keys.revoke', { kid: 'leaked' })
    await expect(verifyByJwks(issuer, access_token)).rejects.toThrow(errors.JWKSNoMatchingKey)
    expect(await introspect(issuer, access_token)).toEqual({ active: false })
    const { status, headers } = await issuer.get('/me', bearer(access_token))
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(await issuer.failedCheck()).toMatchObject({
      observed: expect.stringContaining('leaked is revoked'),
    })
    const { payload } = await verifyLeaked(access_token, pair.publicKey)
    const forged = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', kid: 'leaked', typ: 'at+jwt' })
      .sign(pair.privateKey)
    expect(await isServed(issuer, forged)).toBe(false)
    expect((await issuer.call('tokens.get', { jti: String(payload.jti) })).state).toBe('revoked')
    // Its refresh token was signed with another key, and brings a good token.
    const renewed = await issuer.postJson('/refresh', { refresh_token })
    expect(await isServed(issuer, String(renewed.body.access_token))).toBe(true)
    await issuer.call('keys.restore', { kid: 'leaked' })
    expect(await introspect(issuer, access_token)).toMatchObject({ active: true })
  })

  test('an ID token of a revoked key is no hint', async () => {
    const issuer = await openIssuer()
    const { id_token, access_token } = await issuer.login('alice', { scope: 'openid' })
    const end = () => issuer.get(`/end_session?id_token_hint=${id_token}`)
    expect((await end()).status).toBe(200)
    await rotate(issuer)
    await issuer.call('keys.revoke', { kid: kidOf(access_token) })
    expect((await end()).status).toBe(400)
  })

  test('refresh keys rotate apart from those of access tokens', async () => {
    const issuer = await openIssuer()
    const { refresh_token, access_token } = await issuer.login('alice')
    const key = await issuer.call('keys.generate', { alg: 'HS256', use: 'refresh', activate: true })
    const answer = await issuer.postJson('/refresh', { refresh_token })
    expect(kidOf(String(answer.body.refresh_token))).toBe(key.kid)
    expect(kidOf(String(answer.body.access_token))).toBe(kidOf(access_token))
    const later = await issuer.login('dave')
    await issuer.call('keys.generate', { alg: 'HS256', use: 'refresh', activate: true })
    await issuer.call('keys.revoke', { kid: key.kid })
    expect((await issuer.postJson('/refresh', { refresh_token: later.refresh_token })).status).toBe(401)
  })

  test('a retired key is not taken up again by its algorithm', async () => {
    const issuer = await openIssuer()
    const first = kidOf((await issuer.login('alice')).access_token)
    await issuer.call('settings.update', { signingAlg: 'EdDSA' })
    await issuer.call('keys.retire', { kid: first })
    await issuer.call('settings.update', { signingAlg: 'ES256' })
    const next = kidOf((await issuer.login('alice')).access_token)
    expect(next).not.toBe(first)
    await issuer.call('keys.activate', { kid: first })
    expect(kidOf((await issuer.login('alice')).access_token)).toBe(first)
  })

  test('keys are those of one issuer: another keeps its own', async () => {
    const issuer = await openIssuer()
    await issuer.call('issuers.create', { name: 'acme', settings: {} })
    const key = await issuer.call('keys.generate', { alg: 'EdDSA', issuer: 'acme', activate: true })
    expect((await issuer.call('issuers.get', { name: 'acme' })).settings).toEqual({ signingAlg: 'EdDSA' })
    expect((await issuer.call('settings.get', {})).signingAlg).toBe('ES256')
    const { url, jwks } = await issuer.call('keys.jwks', { issuer: 'acme' })
    expect(url).toBeNull()
    expect(jwks).toEqual((await issuer.get('/acme/jwks')).body)
    expect(jwks.keys.at(-1)).toEqual(key.publicJwk)
    expect((await issuer.call('keys.jwks', {})).jwks.keys.map(({ use }) => use)).toEqual(['sig', 'enc'])
  })
})

const verifyLeaked = (token: string, key: import('node:crypto').KeyObject) =>
  jwtVerify(token, key, { currentDate: new Date(START) })
