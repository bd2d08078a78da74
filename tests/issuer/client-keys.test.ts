import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asClient, claimsOf, makeKey, registerSigner, type TestKey } from '../support/assertions.ts'
import { expectInvalidClient } from '../support/expect-refusal.ts'
import { type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

let key: TestKey
let other: TestKey
let issuer: Issuer

beforeAll(async () => {
  key = await makeKey()
  other = await makeKey('ES256', 'k2')
})
beforeEach(async () => {
  issuer = await openIssuer()
  await registerSigner(issuer, key)
})

const credentials = (fields: Fields, headers: Fields = {}) =>
  issuer.token({ grant_type: 'client_credentials', ...fields }, headers)
const send = (assertion: string, more: Fields = {}) => credentials({ ...asClient(assertion), ...more })
const sendClaims = async (changes: Record<string, unknown>, header: object = {}) =>
  send(await key.sign(claimsOf('signer', changes), header))

describe('registration', () => {
  const update = async (changes: object) => {
    const envelope = await issuer.grantscope.dispatch('clients.update', { id: 'signer', changes })
    return envelope.ok ? [] : (envelope.error.issues ?? []).map(({ path, message }) => `${path} ${message}`)
  }
  const registering = (jwk: unknown) => update({ jwks: { keys: [jwk] } })

  test('a private key is refused in words', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    expect(await registering(await exportJWK(privateKey))).toEqual([
      'changes.jwks.keys.0 holds a private key (member "d"); register its public half only',
    ])
  })

  test('a symmetric key is refused in words', async () => {
    expect(await registering({ kty: 'oct', k: 'c2VjcmV0' })).toEqual([
      'changes.jwks.keys.0 is a symmetric key (kty "oct"); register public keys only, and use the client secret for HMAC',
    ])
  })

  test.each<[string, unknown, string]>([
    [
      'a curve that signs nothing',
      { kty: 'OKP', crv: 'X25519', x: 'AA' },
      'changes.jwks.keys.0 has kty and crv OKP X25519; they must be',
    ],
    [
      'a member left out',
      { kty: 'EC', crv: 'P-256', x: 'AA' },
      'changes.jwks.keys.0 has no member "y" in base64url',
    ],
    [
      'a point that is on no curve',
      { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
      'changes.jwks.keys.0 is no key',
    ],
    [
      'a short RSA key',
      { kty: 'RSA', n: 'w'.repeat(171), e: 'AQAB' },
      'changes.jwks.keys.0 is an RSA key of 1024 bits',
    ],
    [
      'an RSA key that leaves what it encrypts as it is',
      { kty: 'RSA', n: 'w'.repeat(342), e: 'AQ' },
      'changes.jwks.keys.0 is an RSA key with the exponent 1',
    ],
    [
      'an RSA key with an even exponent',
      { kty: 'RSA', n: 'w'.repeat(342), e: 'BA' },
      'changes.jwks.keys.0 is an RSA key with the exponent 4',
    ],
    ['text', 'key', 'changes.jwks.keys.0 must be an object'],
  ])('%s', async (_what, jwk, issue) => {
    const issues = await registering(jwk)
    expect(issues).toHaveLength(1)
    expect(issues[0]).toContain(issue)
  })

  test('an algorithm of another kind of key', async () => {
    expect(await registering({ ...key.jwk, alg: 'RS256' })).toEqual([
      'changes.jwks.keys.0 is for alg "RS256"; a key of this kind signs with ES256',
    ])
  })

  test('private_key_jwt needs keys, of one source', async () => {
    expect(await update({ jwks: null })).toEqual([
      'changes.authMethods has "private_key_jwt", which needs jwks or jwksUri',
    ])
    expect(await update({ jwksUri: 'https://client.test/jwks' })).toEqual([
      'changes.jwksUri stands beside jwks; leave one of them out',
    ])
    expect(await update({ jwks: null, jwksUri: 'ftp://client.test/jwks' })).toEqual([
      'changes.jwksUri must be an http or https URL',
    ])
    expect(await update({ jwks: null, jwksUri: 'https://client.test/jwks' })).toEqual([])
  })

  test('a client that signs with a key pair alone has no secret', async () => {
    expect(await issuer.call('clients.get', { id: 'signer' })).toMatchObject({
      hasSecret: false,
      jwks: { keys: [key.jwk] },
      jwksUri: null,
    })
  })

  test('keys survive export and import', async () => {
    const file = await issuer.call('workspace.export', { secrets: false })
    await issuer.call('workspace.import', { file })
    expect((await sendClaims({})).status).toBe(200)
  })
})

describe('keys behind jwksUri', () => {
  const url = 'https://client.test/jwks'
  let fetches: number
  let reply: () => Response

  beforeEach(async () => {
    fetches = 0
    reply = () => Response.json({ keys: [key.jwk] })
    issuer.grantscope.listening({
      issuer: ISSUER,
      control: null,
      warnings: [],
      fetch: async (request) => {
        fetches++
        expect(request.url).toBe(url)
        return reply()
      },
    })
    await issuer.call('clients.update', { id: 'signer', changes: { jwks: null, jwksUri: url } })
  })

  test('are fetched, and kept for a minute', async () => {
    expect((await sendClaims({})).status).toBe(200)
    issuer.clock.advance(59)
    expect((await sendClaims({})).status).toBe(200)
    expect(fetches).toBe(1)
    expect(await issuer.call('lab.outbound', {})).toMatchObject([{ purpose: 'keys', url, status: 200 }])
    issuer.clock.advance(1)
    await sendClaims({})
    expect(fetches).toBe(2)
  })

  test('are fetched again for a kid nobody knows, but not at once', async () => {
    expect((await sendClaims({})).status).toBe(200)
    reply = () => Response.json({ keys: [key.jwk, other.jwk] })
    const rotated = async () => (await send(await other.sign(claimsOf('signer')))).status
    expect(await rotated()).toBe(401)
    expect(fetches).toBe(1)
    issuer.clock.advance(5)
    expect(await rotated()).toBe(200)
    expect(fetches).toBe(2)
  })

  test.each<[string, () => Response, string]>([
    ['an error', () => new Response('', { status: 500 }), `${url} answers 500.`],
    [
      'a redirect',
      () => new Response('', { status: 302, headers: { location: '/x' } }),
      `${url} redirects elsewhere; name the final URL.`,
    ],
    ['no JSON', () => new Response('<html>'), `${url} does not answer with JSON.`],
    ['no set', () => Response.json([]), `${url} holds no JWK Set.`],
    [
      'no public key',
      () => Response.json({ keys: [{ kty: 'oct', k: 'AA' }] }),
      `${url} holds no public key of a kind in use here.`,
    ],
    [
      'a key that is too weak',
      () => Response.json({ keys: [{ kty: 'RSA', kid: 'weak', n: 'w'.repeat(171), e: 'AQAB' }] }),
      'the client has no key that can be used; key "weak" is an RSA key of 1024 bits; it must have 2048 at least (RFC 7518 3.3, 4.3)',
    ],
  ])('that answers with %s is named', async (_what, answer, observed) => {
    reply = answer
    expectInvalidClient(await sendClaims({}), 'There is no key to check the assertion with')
    expect(await issuer.failedCheck()).toMatchObject({ check: 'assertion.keys', observed })
  })

  test('a key whose key_ops are for encryption has signed nothing', async () => {
    reply = () => Response.json({ keys: [{ ...key.jwk, key_ops: ['deriveKey'] }] })
    expect((await sendClaims({})).status).toBe(401)
    expect(await issuer.failedCheck()).toMatchObject({ check: 'assertion.algorithm' })
  })

  test('a failure is not kept', async () => {
    reply = () => new Response('', { status: 503 })
    expect((await sendClaims({})).status).toBe(401)
    reply = () => Response.json({ keys: [key.jwk] })
    expect((await sendClaims({})).status).toBe(200)
  })
})
