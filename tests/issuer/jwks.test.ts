import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, type JWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { bearer, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

const asymmetric = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
const jwksOf = async (issuer: Issuer) => (await issuer.get('/jwks')).body as unknown as JSONWebKeySet
const expected = { issuer: ISSUER, audience: ISSUER, typ: 'at+jwt', currentDate: new Date(START) }
const openSigning = (signingAlg: (typeof asymmetric)[number] | 'HS256') =>
  openIssuer({ workspace: { settings: { signingAlg } } })

describe('GET /jwks', () => {
  test('the demo workspace signs with RS256', async () => {
    const issuer = await openIssuer()
    await issuer.call('workspace.reset', {})
    const { access_token } = await issuer.login('alice')
    expect(decodeProtectedHeader(access_token).alg).toBe('RS256')
    await jwtVerify(access_token, createLocalJWKSet(await jwksOf(issuer)), expected)
  })

  test.each(asymmetric)('holds what verifies an access token signed with %s', async (alg) => {
    const issuer = await openSigning(alg)
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const jwks = await jwksOf(issuer)
    const { payload, protectedHeader } = await jwtVerify(access_token, createLocalJWKSet(jwks), expected)
    expect(payload).toMatchObject({ sub: 'alice', scope: 'read' })
    expect(protectedHeader).toEqual({ alg, typ: 'at+jwt', kid: jwks.keys[0]!.kid })
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test.each(asymmetric)('holds no private part of a key for %s', async (alg) => {
    const issuer = await openSigning(alg)
    const { keys } = await jwksOf(issuer)
    expect(keys).toHaveLength(2)
    const allowed = new Set(['kty', 'kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y'])
    for (const name of keys.flatMap((key) => Object.keys(key))) expect(allowed).toContain(name)
    expect(keys[0]).toMatchObject({ alg, use: 'sig', kid: expect.any(String) })
    // Of the kind it signs with, and for no single algorithm of it.
    expect(keys[1]).toMatchObject({ kty: alg.endsWith('S256') && alg !== 'ES256' ? 'RSA' : 'EC', use: 'enc' })
    expect(keys[1]).not.toHaveProperty('alg')
  })

  test('HS256 verifies with the secret of the workbench and is never in the JWKS', async () => {
    const issuer = await openSigning('HS256')
    const { access_token } = await issuer.login('alice')
    const { kid, alg } = decodeProtectedHeader(access_token)
    expect(alg).toBe('HS256')
    const { secret } = await issuer.call('keys.secret', { kid: kid! })
    expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(32)
    await jwtVerify(access_token, Buffer.from(secret, 'base64url'), { ...expected, algorithms: ['HS256'] })
    expect((await jwksOf(issuer)).keys.map(({ use, kty }) => `${use} ${kty}`)).toEqual(['enc RSA'])
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
  })

  test('the refresh key is never in the JWKS, nor is its secret given out', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const { kid } = decodeProtectedHeader(refresh_token!)
    const { keys } = await jwksOf(issuer)
    expect(keys.map((key: JWK) => key.kid)).not.toContain(kid)
    expect(await issuer.grantscope.dispatch('keys.secret', { kid })).toMatchObject({ ok: false })
  })

  test('refresh and access tokens are signed with different keys', async () => {
    const issuer = await openSigning('HS256')
    const { access_token, refresh_token } = await issuer.login('alice')
    expect(decodeProtectedHeader(access_token).kid).not.toBe(decodeProtectedHeader(refresh_token!).kid)
  })

  test('keeps the keys of tokens that are out when the algorithm changes', async () => {
    const issuer = await openSigning('ES256')
    const before = await issuer.login('alice')
    await issuer.call('settings.update', { signingAlg: 'EdDSA' })
    const after = await issuer.login('alice')
    const jwks = await jwksOf(issuer)
    const signing = jwks.keys.filter(({ use }) => use === 'sig')
    expect(signing.map(({ alg }: JWK) => alg).sort()).toEqual(['ES256', 'EdDSA'])
    for (const { access_token } of [before, after]) {
      await jwtVerify(access_token, createLocalJWKSet(jwks), expected)
      expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
    }
    expect((await issuer.postJson('/refresh', { refresh_token: before.refresh_token })).status).toBe(200)
  })

  test('an algorithm chosen again uses its key again', async () => {
    const issuer = await openSigning('ES256')
    const first = decodeProtectedHeader((await issuer.login('alice')).access_token)
    for (const signingAlg of ['EdDSA', 'ES256'] as const) {
      await issuer.call('settings.update', { signingAlg })
    }
    expect(decodeProtectedHeader((await issuer.login('alice')).access_token)).toEqual(first)
    expect((await jwksOf(issuer)).keys.filter(({ use }) => use === 'sig')).toHaveLength(2)
  })

  test('may be cached by nobody unasked', async () => {
    const issuer = await openIssuer()
    const { status, headers } = await issuer.get('/jwks')
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-cache')
    expect(headers.get('content-type')).toBe('application/json')
  })
})
