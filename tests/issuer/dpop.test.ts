import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, authorizationQuery, codeFields, openBrowser } from '../support/browser.ts'
import { approve, beginAt } from '../support/device.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import {
  basic,
  bearer,
  type Fields,
  type Issuer,
  openIssuer,
  START,
  type TokenAnswer,
} from '../support/issuer.ts'
import { dpop, type ProofChanges, type ProofKey, proofKey } from '../support/proof.ts'
import { rfc9449 } from '../support/rfc9449.ts'
import { totpCode } from '../support/totp.ts'

// Tokens bound to a key (RFC 9449).

const LOGIN: Fields = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' }

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())

/** alice logs in with a proof. */
async function bound(options: { issuer?: Issuer; fields?: Fields } = {}) {
  const issuer = options.issuer ?? (await openIssuer())
  const key = await proofKey()
  const proof = await key.proof('POST', '/token')
  const { status, text, body } = await issuer.token({ ...LOGIN, ...options.fields }, { dpop: proof })
  if (status !== 200) throw new Error(text)
  return { issuer, key, tokens: body as TokenAnswer }
}

const show = async (issuer: Issuer, key: ProofKey, token: string, changes: ProofChanges = {}, path = '/me') =>
  issuer.get(path, dpop(token, await key.proof('GET', path, { accessToken: token, ...changes })))

describe('a bound token', () => {
  test('is shown with the scheme DPoP and a proof for it', async () => {
    const { issuer, key, tokens } = await bound({ fields: { scope: 'openid read' } })
    expect((await show(issuer, key, tokens.access_token)).body.username).toBe('alice')
    expect((await show(issuer, key, tokens.access_token, {}, '/items')).status).toBe(200)
    expect((await show(issuer, key, tokens.access_token, {}, '/userinfo')).body.sub).toBe('alice')
  })

  const algs = 'algs="RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519"'

  const bad: [string, ProofChanges, string, string][] = [
    ['for another token', { accessToken: 'another' }, 'invalid_dpop_proof', 'dpop.token-hash'],
    ['for no token', { claims: { ath: undefined } }, 'invalid_dpop_proof', 'dpop.token-hash'],
    ['for another method', { claims: { htm: 'POST' } }, 'invalid_dpop_proof', 'dpop.method'],
    [
      'for another route',
      { claims: { htu: 'http://127.0.0.1:4400/items' } },
      'invalid_dpop_proof',
      'dpop.target',
    ],
  ]
  test.each(bad)('with a proof %s: 401 with the DPoP challenge', async (_what, changes, error, rule) => {
    const { issuer, key, tokens } = await bound()
    const { status, headers, body } = await show(issuer, key, tokens.access_token, changes, '/me')
    expect([status, body.error]).toEqual([401, error])
    const metadata = 'resource_metadata="http://127.0.0.1:4400/.well-known/oauth-protected-resource/me"'
    expect(headers.get('www-authenticate')).toBe(
      `DPoP error="${error}", error_description="${body.error_description}", ${algs}, ${metadata}`,
    )
    expect((await issuer.failedCheck()).check).toBe(rule)
  })

  test("with a proof of the thief's own key: invalid_token", async () => {
    const { issuer, tokens } = await bound()
    const { status, headers, body } = await show(issuer, await proofKey(), tokens.access_token)
    expect([status, body.error]).toEqual([401, 'invalid_token'])
    expect(headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token", .*algs="/)
    expect((await issuer.failedCheck()).check).toBe('dpop.key-of-token')
  })

  test('without a proof: invalid_dpop_proof', async () => {
    const { issuer, tokens } = await bound()
    const answer = await issuer.get('/me', { authorization: `DPoP ${tokens.access_token}` })
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_dpop_proof'])
  })

  test('shown twice with one proof: the second is a replay', async () => {
    const { issuer, key, tokens } = await bound()
    const headers = dpop(
      tokens.access_token,
      await key.proof('GET', '/me', { accessToken: tokens.access_token }),
    )
    expect((await issuer.get('/me', headers)).status).toBe(200)
    expect((await issuer.get('/me', headers)).body.error_description).toBe('The DPoP proof was used before')
  })

  test('is refused as a bearer token, with proof or without (7.2)', async () => {
    const { issuer, key, tokens } = await bound()
    const proof = await key.proof('GET', '/me', { accessToken: tokens.access_token })
    for (const headers of [bearer(tokens.access_token), { ...bearer(tokens.access_token), dpop: proof }]) {
      const answer = await issuer.get('/me', headers)
      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_token'])
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token".*, DPoP algs="/)
      expect((await issuer.failedCheck()).check).toBe('dpop.scheme-of-token')
    }
  })

  test('is accepted as a bearer token where that rule is off, to see what an API does that has none', async () => {
    const checkLevels = { 'dpop.scheme-of-token': 'warn', 'dpop.present': 'off' } as const
    const issuer = await openIssuer({ workspace: { settings: { checkLevels } } })
    const { tokens } = await bound({ issuer })
    expect((await issuer.get('/me', bearer(tokens.access_token))).status).toBe(200)
    const answer = await issuer.get('/me', { authorization: `DPoP ${tokens.access_token}` })
    expect(answer.body.error).toBe('invalid_token')
    expect((await issuer.failedCheck()).check).toBe('dpop.key-of-token')
  })

  test('a bearer token is refused with the scheme DPoP', async () => {
    const { issuer, key } = await bound()
    const { access_token } = await issuer.login('alice')
    const answer = await show(issuer, key, access_token)
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_token'])
    expect((await issuer.failedCheck()).check).toBe('dpop.scheme-of-token')
  })

  test.each(['jwt', 'opaque'] as const)(
    'as %s, introspection tells its key (6.2)',
    async (accessTokenFormat) => {
      const issuer = await openIssuer()
      await issuer.call('clients.update', { id: 'demo-spa', changes: { accessTokenFormat } })
      const { key, tokens } = await bound({ issuer })
      expect((await show(issuer, key, tokens.access_token)).status).toBe(200)
      expect((await issuer.get('/me', bearer(tokens.access_token))).status).toBe(401)
      const { body } = await issuer.postForm(
        '/introspect',
        { token: tokens.access_token },
        basic('demo-web', 'demo-web-secret'),
      )
      expect(body).toMatchObject({
        active: true,
        token_type: 'DPoP',
        cnf: { jkt: await calculateJwkThumbprint(key.jwk) },
      })
    },
  )

  test('a pending token is bound too, and passes its key on', async () => {
    const issuer = await openIssuer()
    const { key, tokens } = await bound({ issuer, fields: { username: 'carol', password: 'caroling' } })
    expect(tokens).toMatchObject({ scope: '2fa', token_type: 'DPoP' })
    const code = totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', START)
    const proof = await key.proof('POST', '/2fa/verify', { accessToken: tokens.access_token })
    const answer = await issuer.postJson('/2fa/verify', { code }, dpop(tokens.access_token, proof))
    expect(answer.body.token_type).toBe('DPoP')
    expect((await show(issuer, key, String(answer.body.access_token))).status).toBe(200)
  })
})

describe('the refresh token', () => {
  const refresh = (
    issuer: Issuer,
    token: string,
    headers: Fields,
    fields: Fields = { client_id: 'demo-spa' },
  ) => issuer.token({ grant_type: 'refresh_token', refresh_token: token, ...fields }, headers)

  test('of a public client is bound to the key (5)', async () => {
    const { issuer, key, tokens } = await bound()
    const stolen = tokens.refresh_token!
    const thief = await proofKey()
    const stolenProof = { dpop: await thief.proof('POST', '/token') }
    for (const headers of [{}, stolenProof] as Fields[]) {
      expectRefusal(await refresh(issuer, stolen, headers), {
        status: 400,
        error: 'invalid_grant',
        description: 'The refresh token is bound to another DPoP key',
      })
    }
    const answer = await refresh(issuer, stolen, { dpop: await key.proof('POST', '/token') })
    expect(answer.body.token_type).toBe('DPoP')
    const next = String(answer.body.refresh_token)
    expect((await refresh(issuer, next, {})).body.error).toBe('invalid_grant')
  })

  test("is bound at the tutorial's /refresh as well", async () => {
    const { issuer, key, tokens } = await bound()
    const body = { refresh_token: tokens.refresh_token }
    expect((await issuer.postJson('/refresh', body)).status).toBe(401)
    const answer = await issuer.postJson('/refresh', body, { dpop: await key.proof('POST', '/refresh') })
    expect(answer.body.token_type).toBe('DPoP')
  })

  test('of a client that authenticates is bound to that client only', async () => {
    const web = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { issuer, tokens } = await bound({ fields: web })
    const other = await proofKey()
    const proof = await other.proof('POST', '/token')
    const answer = await refresh(issuer, tokens.refresh_token!, { dpop: proof }, web)
    expect(answer.body.token_type).toBe('DPoP')
    expect((await show(issuer, other, String(answer.body.access_token))).status).toBe(200)
  })
})

describe('a code', () => {
  async function codeFor(issuer: Issuer, parameters: Fields) {
    const { code } = answerOf(await openBrowser(issuer).logIn('alice', parameters))
    return codeFields(code!)
  }

  test.each(['dpop_jkt', 'a proof at /par'])('is bound by %s (10)', async (way) => {
    const issuer = await openIssuer()
    const [key, thief] = [await proofKey(), await proofKey()]
    const dpop_jkt = await calculateJwkThumbprint(key.jwk)
    const push = async () => {
      const dpop = await key.proof('POST', '/par')
      const fields = Object.fromEntries(authorizationQuery({}))
      const { body } = await issuer.postForm('/par', fields, { dpop })
      return { request_uri: String(body.request_uri) }
    }
    const fields = await codeFor(issuer, way === 'dpop_jkt' ? { dpop_jkt } : await push())
    const attempts: Fields[] = [{}, { dpop: await thief.proof('POST', '/token') }]
    for (const headers of attempts) {
      const answer = await issuer.token(fields, headers)
      expect(answer.body).toMatchObject({
        error: 'invalid_grant',
        error_description: 'The authorization code is bound to another DPoP key',
      })
    }
    const answer = await issuer.token(fields, { dpop: await key.proof('POST', '/token') })
    expect(answer.body.token_type).toBe('DPoP')
  })

  test('dpop_jkt that is no thumbprint: invalid_request to the client', async () => {
    const answer = await openBrowser(await openIssuer()).authorize({ dpop_jkt: 'short' })
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_request' })
  })

  test('dpop_jkt that differs from the proof at /par: invalid_request (10.1)', async () => {
    const issuer = await openIssuer()
    const fields = Object.fromEntries(authorizationQuery({ dpop_jkt: rfc9449.jkt }))
    const proof = await (await proofKey()).proof('POST', '/par')
    expectRefusal(await issuer.postForm('/par', fields, { dpop: proof }), {
      status: 400,
      error: 'invalid_request',
      description: 'dpop_jkt differs from the key of the DPoP proof',
    })
  })
})

describe('other grants', () => {
  test('client_credentials', async () => {
    const issuer = await openIssuer()
    const key = await proofKey()
    const { body } = await issuer.token(
      { grant_type: 'client_credentials', scope: 'read' },
      { ...basic('demo-service', 'demo-service-secret'), dpop: await key.proof('POST', '/token') },
    )
    expect(body.token_type).toBe('DPoP')
    expect((await show(issuer, key, String(body.access_token), {}, '/items')).status).toBe(200)
  })

  test('a device, whose every poll has a proof of its own', async () => {
    const issuer = await openIssuer()
    const key = await proofKey()
    const device = await beginAt(issuer, {})
    await approve(device)
    const poll = async () =>
      issuer.token(
        {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          client_id: 'demo-device',
          device_code: device.deviceCode,
        },
        { dpop: await key.proof('POST', '/token') },
      )
    const { body } = await poll()
    expect(body.token_type).toBe('DPoP')
    expect(claimsOf(String(body.refresh_token)).cnf).toEqual(claimsOf(String(body.access_token)).cnf)
  })

  test('a token exchange binds the new token to the key of whoever trades', async () => {
    const { issuer, tokens } = await bound({ fields: { client_id: 'demo-spa' } })
    const key = await proofKey()
    const { body } = await issuer.token(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: tokens.access_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      },
      { ...basic('demo-web', 'demo-web-secret'), dpop: await key.proof('POST', '/token') },
    )
    expect(body.token_type).toBe('DPoP')
    expect((await show(issuer, key, String(body.access_token))).status).toBe(200)
  })
})

test('pages of other origins may send a proof, and read nonce and challenge', async () => {
  const issuer = await openIssuer()
  const preflight = await issuer.send('/token', {
    method: 'OPTIONS',
    headers: { origin: 'https://app.test' },
  })
  expect(preflight.headers.get('access-control-allow-headers')).toContain('DPoP')
  const answer = await issuer.get('/me', { origin: 'https://app.test' })
  expect(answer.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
  expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
})
