import { decodeJwt } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  asClient,
  CLIENT_ASSERTION_TYPE,
  claimsOf,
  makeKey,
  registerSigner,
  secretSigner,
  type TestKey,
  unsigned,
} from '../support/assertions.ts'
import { expectInvalidClient, expectRefusal } from '../support/expect-refusal.ts'
import { basic, type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'

const SECRET = 'a secret of thirty-two characters'
const NOW = START / 1000
const invalidRequest = (description: string) => ({ status: 400, error: 'invalid_request', description })

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

const hmacClient = (authMethods = ['client_secret_jwt' as const]) =>
  issuer.call('clients.create', {
    id: 'hmac',
    secret: SECRET,
    authMethods,
    grantTypes: ['client_credentials'],
  })

describe('private_key_jwt', () => {
  test('is signed with the algorithm the client registered for it, if it did', async () => {
    const update = (tokenEndpointAuthSigningAlg: 'ES256' | 'PS256') =>
      issuer.call('clients.update', { id: 'signer', changes: { tokenEndpointAuthSigningAlg } })
    await update('ES256')
    expect((await sendClaims({})).status).toBe(200)
    await update('PS256')
    expectInvalidClient(await sendClaims({}), 'The assertion is not signed with the registered algorithm')
    expect((await issuer.failedCheck()).check).toBe('client.assertion-algorithm-registered')
  })

  test('a JWT signed with the registered key authenticates the client', async () => {
    const { status, body } = await sendClaims({})
    expect(status).toBe(200)
    expect(decodeJwt(String(body.access_token))).toMatchObject({ client_id: 'signer', sub: 'signer' })
  })

  test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
    'with %s, the algorithm of the key',
    async (alg) => {
      const own = await makeKey(alg)
      await issuer.call('clients.update', { id: 'signer', changes: { jwks: { keys: [own.jwk] } } })
      expect((await send(await own.sign(claimsOf('signer')))).status).toBe(200)
    },
  )

  test('without kid every registered key that fits is tried', async () => {
    const nameless = await makeKey('ES256', undefined)
    const keys = [other.jwk, nameless.jwk]
    await issuer.call('clients.update', { id: 'signer', changes: { jwks: { keys } } })
    expect((await send(await nameless.sign(claimsOf('signer')))).status).toBe(200)
  })

  test('at /introspect and /revoke too', async () => {
    const { access_token: token } = (await sendClaims({})).body as { access_token: string }
    const sign = () => key.sign(claimsOf('signer'))
    const introspect = async () =>
      (await issuer.postForm('/introspect', { token, ...asClient(await sign()) })).body.active
    expect(await introspect()).toBe(true)
    expect((await issuer.postForm('/revoke', { token, ...asClient(await sign()) })).status).toBe(200)
    expect(await introspect()).toBe(false)
  })
})

describe('client_secret_jwt', () => {
  beforeEach(async () => {
    await hmacClient()
  })

  test.each(['HS256', 'HS384', 'HS512'])('a JWT signed with the secret by %s authenticates', async (alg) => {
    const { status, body } = await send(await secretSigner(SECRET, alg)(claimsOf('hmac')))
    expect(status).toBe(200)
    expect(decodeJwt(String(body.access_token)).client_id).toBe('hmac')
  })

  test('a JWT signed with another secret does not', async () => {
    const answer = await send(await secretSigner('another secret')(claimsOf('hmac')))
    expectInvalidClient(answer, 'The signature of the assertion is not valid')
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'assertion.signature',
      observed: 'the client secret gives another signature',
    })
  })

  test('a secret shorter than the hash is refused when strict, and a warning otherwise (RFC 7518 3.2)', async () => {
    await issuer.call('clients.update', { id: 'hmac', changes: { secret: 'short' } })
    const sign = () => secretSigner('short')(claimsOf('hmac'))
    expect((await send(await sign())).status).toBe(200)
    const warned = (await issuer.lastExchange()).verdicts.filter(({ outcome }) => outcome === 'warned')
    expect(warned).toMatchObject([{ check: 'assertion.secret-length', observed: '5 bytes' }])
    await issuer.call('clients.update', { id: 'hmac', changes: { profile: 'strict' } })
    expectInvalidClient(await send(await sign()), 'The client secret is too short for HS256')
  })
})

describe('the parameters (RFC 7521 4.2)', () => {
  test('an assertion without its type', async () => {
    const client_assertion = await key.sign(claimsOf('signer'))
    expectRefusal(
      await credentials({ client_assertion }),
      invalidRequest('Parameter client_assertion_type is missing'),
    )
    expect((await issuer.failedCheck()).check).toBe('client.assertion-pair')
  })

  test('a type without its assertion', async () => {
    expectRefusal(
      await credentials({ client_assertion_type: CLIENT_ASSERTION_TYPE }),
      invalidRequest('Parameter client_assertion is missing'),
    )
  })

  test('a type nobody speaks', async () => {
    const client_assertion = await key.sign(claimsOf('signer'))
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'
    expectInvalidClient(
      await credentials({ client_assertion, client_assertion_type }),
      'Unsupported client_assertion_type',
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'client.assertion-type',
      expected: CLIENT_ASSERTION_TYPE,
    })
  })

  test.each([
    ['no JWT', 'nonsense'],
    ['two parts', 'eyJhbGciOiJFUzI1NiJ9.e30'],
    ['a Bearer prefix', 'Bearer eyJhbGciOiJFUzI1NiJ9.e30.AA'],
  ])('%s', async (_what, assertion) => {
    expectInvalidClient(await send(assertion), 'The assertion is not a signed JWT')
    expect((await issuer.failedCheck()).check).toBe('assertion.readable')
  })

  test('client_id may come along, and must be the same client', async () => {
    const sign = () => key.sign(claimsOf('signer'))
    expect((await send(await sign(), { client_id: 'signer' })).status).toBe(200)
    expectRefusal(
      await send(await sign(), { client_id: 'demo-spa' }),
      invalidRequest('client_id differs from the client that authenticated'),
    )
    expect((await issuer.failedCheck()).observed).toBe('signer by assertion, demo-spa as client_id')
  })

  test('an assertion beside a secret: two methods at once', async () => {
    const fields = asClient(await key.sign(claimsOf('signer')))
    const description = 'More than one client authentication method was used'
    expectRefusal(await credentials({ ...fields, client_secret: 'x' }), invalidRequest(description))
    expectRefusal(
      await credentials(fields, basic('demo-service', 'demo-service-secret')),
      invalidRequest(description),
    )
    expect((await issuer.failedCheck()).observed).toBe('client_secret_basic and private_key_jwt')
  })
})

describe('a method the client is not registered for', () => {
  test('private_key_jwt by a client with a secret', async () => {
    const assertion = await key.sign(claimsOf('demo-web'))
    expectInvalidClient(await send(assertion), 'The client may not use private_key_jwt')
  })

  test('pitfall: HS256 with the public key as the secret', async () => {
    const assertion = await secretSigner(JSON.stringify(key.jwk))(claimsOf('signer'))
    expectInvalidClient(await send(assertion), 'The client may not use client_secret_jwt')
    expect((await issuer.failedCheck()).check).toBe('client.method-registered')
  })

  test('the id alone, for a client that signs', async () => {
    expectInvalidClient(await credentials({ client_id: 'signer' }), 'Client authentication is required')
    expect((await issuer.failedCheck()).hint).toContain('client_assertion')
  })

  test('a client nobody registered', async () => {
    expectInvalidClient(await send(await key.sign(claimsOf('nobody'))), 'Unknown client')
  })
})

describe('the signature', () => {
  test('pitfall: alg none is refused, for either method', async () => {
    await hmacClient()
    const description = 'The assertion is signed with an algorithm the client has no key for'
    for (const client of ['signer', 'hmac']) {
      expectInvalidClient(await send(unsigned(claimsOf(client))), description)
      expect(await issuer.failedCheck()).toMatchObject({
        check: 'assertion.algorithm',
        observed: 'alg "none"',
        hint: expect.stringContaining('no signature'),
      })
    }
  })

  test("an algorithm that is not the registered key's", async () => {
    const rsa = await makeKey('RS256', 'k1')
    expectInvalidClient(
      await send(await rsa.sign(claimsOf('signer'))),
      'The assertion is signed with an algorithm the client has no key for',
    )
    expect(await issuer.failedCheck()).toMatchObject({ observed: 'alg "RS256"', expected: 'ES256' })
  })

  test("a key's own alg leaves no other", async () => {
    const rsa = await makeKey('RS256')
    const jwks = { keys: [{ ...rsa.jwk, alg: 'PS256' }] }
    await issuer.call('clients.update', { id: 'signer', changes: { jwks } })
    expect((await send(await rsa.sign(claimsOf('signer')))).status).toBe(401)
    expect((await issuer.failedCheck()).expected).toBe('PS256')
  })

  test('a key for encryption signs nothing', async () => {
    const jwks = { keys: [{ ...key.jwk, use: 'enc' }, other.jwk] }
    await issuer.call('clients.update', { id: 'signer', changes: { jwks } })
    expect((await sendClaims({})).status).toBe(401)
    expect((await issuer.failedCheck()).observed).toBe(
      'no key for ES256 has the kid "k1"; the client has key "k1", key "k2"',
    )
  })

  test('another key under the registered kid', async () => {
    const answer = await send(await other.sign(claimsOf('signer'), { kid: 'k1' }))
    expectInvalidClient(answer, 'The signature of the assertion is not valid')
    expect((await issuer.failedCheck()).observed).toBe('does not match key "k1"')
  })

  test('a kid nobody registered', async () => {
    const answer = await send(await other.sign(claimsOf('signer')))
    expectInvalidClient(answer, 'The signature of the assertion is not valid')
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'assertion.signature',
      observed: 'no key for ES256 has the kid "k2"; the client has key "k1"',
      hint: expect.stringContaining('kid'),
    })
  })

  test('claims changed after signing', async () => {
    const [header, , signature] = (await key.sign(claimsOf('signer'))).split('.')
    const forged = Buffer.from(JSON.stringify(claimsOf('signer', { exp: NOW + 600 }))).toString('base64url')
    expectInvalidClient(
      await send(`${header}.${forged}.${signature}`),
      'The signature of the assertion is not valid',
    )
  })
})
