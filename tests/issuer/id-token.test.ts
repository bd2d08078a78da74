import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { hashClaim } from '../../electron/server/tokens/hash-claim.ts'
import type { SigningAlg } from '../../shared/contract/values.ts'
import { answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { bearer, type Fields, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

async function idTokenOf(issuer: Issuer, username = 'alice', parameters: Fields = {}) {
  const { code } = answerOf(await openBrowser(issuer).logIn(username, parameters))
  const { body } = await issuer.token(codeFields(code!))
  return { idToken: String(body.id_token), accessToken: String(body.access_token), body }
}

describe('at_hash and c_hash', () => {
  test('are the left half of the hash, as in the examples of OpenID Connect Core 1.0 A.3, A.4 and A.6', () => {
    expect(hashClaim('RS256', 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe('77QmUPtjPfzWtF2AnpK9RQ')
    expect(hashClaim('RS256', 'Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk')).toBe(
      'LDktKdoQak3Pk0cnXxCltA',
    )
  })

  test('take SHA-512 with Ed25519', () => {
    expect(Buffer.from(hashClaim('EdDSA', 'x'), 'base64url')).toHaveLength(32)
  })
})

describe('an ID token', () => {
  test('says who logged in, when, how, and for whom (OpenID Connect Core 1.0 2)', async () => {
    const issuer = await openIssuer()
    const { idToken, accessToken } = await idTokenOf(issuer)
    expect(decodeProtectedHeader(idToken)).toMatchObject({ typ: 'JWT', alg: 'ES256' })
    expect(decodeJwt(idToken)).toEqual({
      iss: ISSUER,
      sub: 'alice',
      aud: 'demo-spa',
      azp: 'demo-spa',
      iat: START / 1000,
      exp: START / 1000 + 900,
      auth_time: START / 1000,
      amr: ['pwd'],
      acr: '1',
      nonce: 'n-0S6_WzA2Mj',
      sid: expect.stringMatching(/^[\w-]{22}$/),
      at_hash: hashClaim('ES256', accessToken),
    })
  })

  test('has no nonce when the request had none', async () => {
    const { idToken } = await idTokenOf(await openIssuer(), 'alice', { nonce: '' })
    expect(decodeJwt(idToken)).not.toHaveProperty('nonce')
  })

  test('profile and email are not in it: they come from userinfo (OpenID Connect Core 1.0 5.4)', async () => {
    const { idToken } = await idTokenOf(await openIssuer(), 'alice', { scope: 'openid profile email' })
    expect(decodeJwt(idToken)).not.toHaveProperty('email')
    expect(decodeJwt(idToken)).not.toHaveProperty('name')
  })

  test('auth_time is that of the login, not of the request; sid that of the session', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    const first = answerOf(await browser.logIn())
    const before = decodeJwt(String((await issuer.token(codeFields(first.code!))).body.id_token))
    issuer.clock.advance(600)
    const second = answerOf(await browser.authorize())
    const after = decodeJwt(String((await issuer.token(codeFields(second.code!))).body.id_token))
    expect(after).toMatchObject({ iat: START / 1000 + 600, auth_time: START / 1000, sid: before.sid })
  })

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'] as SigningAlg[])(
    'can be verified with the JWKS while access tokens are signed with %s, by the algorithm discovery names',
    async (signingAlg) => {
      const issuer = await openIssuer({ workspace: { settings: { signingAlg } } })
      const { id_token, access_token } = await issuer.login('alice', { scope: 'openid' })
      const jwks = createLocalJWKSet((await issuer.get('/jwks')).body as unknown as JSONWebKeySet)
      const { id_token_signing_alg_values_supported: algorithms } = (
        await issuer.get('/.well-known/openid-configuration')
      ).body as { id_token_signing_alg_values_supported: string[] }
      const { payload, protectedHeader } = await jwtVerify(String(id_token), jwks, {
        algorithms,
        issuer: ISSUER,
        audience: 'demo-spa',
        currentDate: new Date(START),
      })
      expect(payload.at_hash).toBe(hashClaim(protectedHeader.alg as SigningAlg, access_token))
      expect(protectedHeader.alg).toBe(signingAlg === 'HS256' ? 'RS256' : signingAlg)
      expect(decodeProtectedHeader(access_token).alg).toBe(signingAlg)
    },
  )

  test('comes with a password login that asks for openid, and only then', async () => {
    const issuer = await openIssuer()
    expect((await issuer.login('alice')).id_token).toBeUndefined()
    const { id_token } = await issuer.login('alice', { scope: 'openid' })
    expect(decodeJwt(String(id_token))).toMatchObject({ sub: 'alice', aud: 'demo-spa', amr: ['pwd'] })
    expect(decodeJwt(String(id_token))).not.toHaveProperty('sid')
  })

  test('none for a client that acts for itself', async () => {
    const issuer = await openIssuer()
    const fields = { grant_type: 'client_credentials', scope: 'openid', client_id: 'demo-service' }
    const { status, body } = await issuer.token({ ...fields, client_secret: 'demo-service-secret' })
    expect([status, body.id_token]).toEqual([200, undefined])
  })

  test('opens nothing: APIs and userinfo refuse it', async () => {
    const issuer = await openIssuer()
    const { idToken } = await idTokenOf(issuer)
    for (const path of ['/me', '/userinfo']) {
      expect((await issuer.get(path, bearer(idToken))).status).toBe(401)
      expect((await issuer.failedCheck()).check).toBe('bearer.token-type')
    }
  })

  test('the workbench inspects it as valid', async () => {
    const issuer = await openIssuer()
    const { idToken } = await idTokenOf(issuer)
    expect(await issuer.call('tokens.inspect', { input: idToken })).toMatchObject({
      verdict: 'valid',
      signature: 'valid',
      row: null,
    })
  })
})
