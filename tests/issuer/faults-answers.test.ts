import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { JwksEdit } from '../../shared/contract/faults/actions/jwks.ts'
import { CALLBACK, openBrowser } from '../support/browser.ts'
import { type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { openFaultWorld } from './faults-world.ts'

// What clients and APIs get to see of a JWKS, a redirect and a token that go wrong.

const jwksOf = async (issuer: Issuer) => (await issuer.get('/jwks')).body as unknown as JSONWebKeySet

async function verify(issuer: Issuer, token: string) {
  const currentDate = new Date(issuer.clock.now())
  return jwtVerify(token, createLocalJWKSet(await jwksOf(issuer)), { currentDate })
}

const armJwks = (issuer: Issuer, edit: JwksEdit) =>
  issuer.call('faults.create', { name: edit, match: { endpoints: ['jwks'] }, action: { kind: 'jwks', edit } })

const kidsOf = async (issuer: Issuer) => (await jwksOf(issuer)).keys.map(({ kid }) => kid)

describe('a wrong JWKS', () => {
  test('without the key that signs: the others are there, and nothing new verifies', async () => {
    const issuer = await openIssuer()
    const old = await issuer.login('alice')
    await issuer.call('keys.generate', { alg: 'ES256', activate: true })
    const { access_token } = await issuer.login('alice')
    await armJwks(issuer, 'without-signing-key')
    await expect(verify(issuer, access_token)).rejects.toThrow(errors.JWKSNoMatchingKey)
    await verify(issuer, old.access_token)
  })

  test('without the key of ID tokens as well, where access tokens are signed with a secret', async () => {
    const issuer = await openIssuer({ workspace: { settings: { signingAlg: 'HS256' } } })
    const { id_token } = await issuer.login('alice', { scope: 'openid' })
    await verify(issuer, String(id_token))
    await armJwks(issuer, 'without-signing-key')
    await expect(verify(issuer, String(id_token))).rejects.toThrow(errors.JWKSNoMatchingKey)
  })

  test('empty', async () => {
    const issuer = await openIssuer()
    await armJwks(issuer, 'empty')
    expect(await jwksOf(issuer)).toEqual({ keys: [] })
  })

  test('stale: as it was when the fault was armed, whatever was rotated and retired since', async () => {
    const issuer = await openIssuer()
    const before = await jwksOf(issuer)
    const { id } = await armJwks(issuer, 'stale')
    await issuer.get('/jwks')
    expect((await issuer.call('faults.get', { id })).hits, 'a copy that is right is no fault').toBe(0)
    issuer.clock.advance(1)
    await issuer.call('keys.generate', { alg: 'ES256', activate: true })
    const { access_token } = await issuer.login('alice')
    await issuer.call('keys.retire', { kid: before.keys[0]!.kid! })
    expect(await jwksOf(issuer)).toEqual(before)
    await expect(verify(issuer, access_token)).rejects.toThrow(errors.JWKSNoMatchingKey)
    expect((await issuer.call('faults.get', { id })).hits).toBe(2)
    await issuer.call('faults.disarm', {})
    await verify(issuer, access_token)
    issuer.clock.advance(1)
    await issuer.call('faults.arm', {})
    expect(await kidsOf(issuer), 'armed anew, it is a copy of now').not.toContain(before.keys[0]!.kid)
  })

  test('unknown kids, and none at all', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const right = await kidsOf(issuer)
    const { id } = await armJwks(issuer, 'unknown-kids')
    expect(await kidsOf(issuer)).toEqual(right.map((kid) => `${kid}-unknown`))
    await expect(verify(issuer, access_token)).rejects.toThrow(errors.JWKSNoMatchingKey)
    await issuer.call('faults.delete', { ids: [id] })
    await armJwks(issuer, 'no-kids')
    expect(await kidsOf(issuer)).toEqual(right.map(() => undefined))
  })

  test("somebody else's keys under the issuer's kids: found, and the signature is wrong", async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const right = await kidsOf(issuer)
    await armJwks(issuer, 'foreign-keys')
    expect(await kidsOf(issuer)).toEqual(right)
    await expect(verify(issuer, access_token)).rejects.toThrow(errors.JWSSignatureVerificationFailed)
    expect(await jwksOf(issuer), 'the same at every request').toEqual(await jwksOf(issuer))
  })

  test('decoys come first, and who goes by the kid does not mind them', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const right = await kidsOf(issuer)
    await armJwks(issuer, 'decoys')
    const kids = await kidsOf(issuer)
    expect(kids.slice(-right.length)).toEqual(right)
    expect(new Set(kids).size).toBe(right.length + 3)
    await verify(issuer, access_token)
    for (const key of (await jwksOf(issuer)).keys) expect(key).not.toHaveProperty('d')
  })
})

describe('a wrong redirect', () => {
  const changed = async (parameters: Fields, set: Record<string, string | null>) => {
    const issuer = await openFaultWorld()
    const action = { kind: 'redirect', set } as const
    await issuer.call('faults.create', { name: 'x', match: { endpoints: ['authorization'] }, action })
    const asked = { client_id: 'front', login_hint: 'alice', ...parameters }
    return openBrowser(issuer).authorize(asked)
  }

  test('in the query: what is not changed stays to the letter', async () => {
    const redirectUri = `${CALLBACK}?mine=a%20b+c`
    const issuer = await openFaultWorld()
    await issuer.call('clients.update', { id: 'front', changes: { redirectUris: [redirectUri] } })
    const action = { kind: 'redirect', set: { state: 'other state', iss: null } } as const
    await issuer.call('faults.create', { name: 'x', match: { endpoints: ['authorization'] }, action })
    const asked = { client_id: 'front', login_hint: 'alice', redirect_uri: redirectUri }
    const { headers } = await openBrowser(issuer).authorize(asked)
    expect(headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:3000\/callback\?mine=a%20b\+c&code=[\w-]+&state=other\+state$/,
    )
  })

  test('in the fragment', async () => {
    const { headers } = await changed({ response_type: 'code id_token' }, { code: 'another' })
    const location = new URL(headers.get('location')!)
    expect(location.search).toBe('')
    const fragment = new URLSearchParams(location.hash.slice(1))
    expect([fragment.get('code'), fragment.get('state')]).toEqual(['another', 'af0ifjsldkj'])
  })

  test('in a form, also where it has to be escaped', async () => {
    const { text } = await changed({ response_mode: 'form_post' }, { state: '"><script>', iss: null })
    const fields = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
    expect(fields.map(([, name]) => name)).toEqual(['code', 'state'])
    expect(fields.at(-1)![2]).toBe('&quot;&gt;&lt;script&gt;')
  })

  test('on the way to a page of the issuer nothing is changed', async () => {
    const { headers } = await changed({ login_hint: '' }, { state: 'another' })
    expect(headers.get('location')).toMatch(/^interaction\?id=[\w-]+$/)
  })
})

test('claims that are changed are signed for real, and the rest of the token stays', async () => {
  const issuer = await openIssuer()
  await issuer.call('faults.addPreset', { preset: 'wrong-audience' })
  const { id_token } = await issuer.login('alice', { scope: 'openid' })
  const { payload, protectedHeader } = await verify(issuer, String(id_token))
  expect(payload).toMatchObject({ iss: ISSUER, sub: 'alice', aud: 'another-client', azp: 'another-client' })
  expect(protectedHeader.typ).toBe('JWT')
})

test('an opaque token has no claims to change, and is left alone', async () => {
  const issuer = await openIssuer()
  await issuer.call('clients.update', { id: 'demo-spa', changes: { accessTokenFormat: 'opaque' } })
  const action = { kind: 'claims', token: 'access_token', patch: { sub: 'admin' } } as const
  const { id } = await issuer.call('faults.create', { name: 'x', match: { endpoints: ['token'] }, action })
  expect((await issuer.login('alice')).access_token).not.toContain('.')
  expect((await issuer.call('faults.get', { id })).hits).toBe(0)
})

describe('an OAuth error', () => {
  const refuse = (
    issuer: Issuer,
    endpoint: string,
    code: 'invalid_client' | 'invalid_token' | 'insufficient_scope',
  ) =>
    issuer.call('faults.create', {
      name: code,
      match: { endpoints: [endpoint] },
      action: { kind: 'error', code },
    })

  test('has the status and the challenge of the standard', async () => {
    const issuer = await openIssuer()
    await refuse(issuer, 'token', 'invalid_client')
    const token = await issuer.token({ grant_type: 'password' })
    expect([token.status, token.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Basic /),
    ])
    await refuse(issuer, 'me', 'invalid_token')
    const me = await issuer.get('/me')
    expect([me.status, me.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer error="invalid_token"/),
    ])
    await refuse(issuer, 'items', 'insufficient_scope')
    const items = await issuer.get('/items')
    expect([items.status, items.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringMatching(/^Bearer error="insufficient_scope"/),
    ])
  })

  test('at a login goes to the client alone that may be told: a wrong redirect URI gets the page as ever', async () => {
    const issuer = await openIssuer()
    await issuer.call('faults.addPreset', { preset: 'access-denied' })
    const browser = openBrowser(issuer)
    const wrong = await browser.authorize({ redirect_uri: 'https://evil.example/' })
    expect([wrong.status, wrong.headers.get('location')]).toEqual([400, null])
    const { headers } = await browser.authorize()
    const location = new URL(headers.get('location')!)
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'af0ifjsldkj',
    })
  })
})

describe('a refusal of a DPoP proof looks like that of the issuer (RFC 9449 5, 7.1, 8, 9)', () => {
  const refuse = async (endpoint: string, code: 'use_dpop_nonce' | 'invalid_dpop_proof') => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    const action = { kind: 'error', code, description: 'No' } as const
    await issuer.call('faults.create', { name: code, match: { endpoints: [endpoint] }, action })
    return { issuer, access_token }
  }
  const NONCE = /^[\w-]{22}$/
  const CHALLENGE = /^DPoP error="\w+", error_description="No", algs="[^"]+"$/

  test.each(['token', 'pushed-authorization'])('at %s: 400 without a challenge', async (endpoint) => {
    const path = endpoint === 'token' ? '/token' : '/par'
    for (const code of ['use_dpop_nonce', 'invalid_dpop_proof'] as const) {
      const { issuer } = await refuse(endpoint, code)
      const { status, headers, body } = await issuer.postForm(path, {})
      expect([status, body.error, headers.get('www-authenticate')]).toEqual([400, code, null])
      if (code === 'use_dpop_nonce') expect(headers.get('dpop-nonce')).toMatch(NONCE)
      else expect(headers.get('dpop-nonce')).toBe(null)
    }
  })

  test.each(['Bearer', 'DPoP'])('at a resource, asked with %s: 401 with a challenge', async (scheme) => {
    for (const code of ['use_dpop_nonce', 'invalid_dpop_proof'] as const) {
      const { issuer, access_token } = await refuse('userinfo', code)
      const { status, headers } = await issuer.get('/userinfo', {
        authorization: `${scheme} ${access_token}`,
      })
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toMatch(CHALLENGE)
      expect(headers.get('www-authenticate')).toContain(code)
      if (code === 'use_dpop_nonce') expect(headers.get('dpop-nonce')).toMatch(NONCE)
      else expect(headers.get('dpop-nonce')).toBe(null)
    }
  })
})
