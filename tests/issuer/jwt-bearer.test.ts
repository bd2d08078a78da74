import { decodeJwt } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  asClient,
  claimsOf,
  makeKey,
  registerSigner,
  secretSigner,
  type TestKey,
  unsigned,
} from '../support/assertions.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { basic, type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const NOW = START / 1000
const invalidGrant = (description: string) => ({ status: 400, error: 'invalid_grant', description })

let key: TestKey
let issuer: Issuer

beforeAll(async () => {
  key = await makeKey()
})
beforeEach(async () => {
  issuer = await openIssuer()
  await registerSigner(issuer, key, { authMethods: ['none'], grantTypes: [JWT_BEARER, 'refresh_token'] })
})

const send = (assertion: string, fields: Fields = {}, headers: Fields = {}) =>
  issuer.token({ grant_type: JWT_BEARER, assertion, client_id: 'signer', ...fields }, headers)
const sendClaims = async (changes: Record<string, unknown>, fields: Fields = {}) =>
  send(await key.sign(claimsOf('signer', { sub: 'alice', ...changes })), fields)

describe('the jwt-bearer grant (RFC 7523 2.1)', () => {
  test('gives a token for the user the client vouches for, and no refresh token', async () => {
    const { status, body } = await sendClaims({}, { scope: 'openid read' })
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
    expect(body.scope).toBe('openid read')
    const claims = decodeJwt(String(body.access_token))
    expect(claims).toMatchObject({ sub: 'alice', client_id: 'signer', scope: 'openid read' })
    expect(claims).not.toHaveProperty('auth_time')
    expect((await issuer.lastExchange()).userId).toBe('alice')
  })

  test('sub is a user id or a username', async () => {
    await issuer.call('users.create', { id: 'u-7', username: 'frank', password: 'frankness' })
    for (const sub of ['u-7', 'frank']) {
      const { body } = await sendClaims({ sub })
      expect(decodeJwt(String(body.access_token)).sub).toBe('u-7')
    }
  })

  test('a client without authentication may leave client_id to iss (RFC 7521 4.1)', async () => {
    const assertion = await key.sign(claimsOf('signer', { sub: 'alice' }))
    const { status, body } = await issuer.token({ grant_type: JWT_BEARER, assertion })
    expect(status).toBe(200)
    expect(decodeJwt(String(body.access_token)).client_id).toBe('signer')
  })

  test('a confidential client authenticates as well', async () => {
    const grantTypes = [JWT_BEARER as 'urn:ietf:params:oauth:grant-type:jwt-bearer']
    await issuer.call('clients.update', {
      id: 'signer',
      changes: { authMethods: ['private_key_jwt'], grantTypes },
    })
    expect((await sendClaims({})).body.error).toBe('invalid_client')
    const proof = asClient(await key.sign(claimsOf('signer')))
    expect((await sendClaims({}, proof)).status).toBe(200)
  })

  test('may be signed with the client secret', async () => {
    const secret = 'a secret of thirty-two characters'
    await issuer.call('clients.create', {
      id: 'hmac',
      secret,
      authMethods: ['client_secret_basic'],
      grantTypes: [JWT_BEARER],
    })
    const assertion = await secretSigner(secret)(claimsOf('hmac', { sub: 'alice' }))
    const answer = await issuer.token({ grant_type: JWT_BEARER, assertion }, basic('hmac', secret))
    expect(answer.status).toBe(200)
  })

  test('an assertion may be used again while it lives, but when strict (RFC 7521 4.1)', async () => {
    const assertion = await key.sign(claimsOf('signer', { sub: 'alice' }))
    expect((await send(assertion)).status).toBe(200)
    expect((await send(assertion)).status).toBe(200)
    await issuer.call('clients.update', { id: 'signer', changes: { profile: 'strict' } })
    expectRefusal(await send(assertion), invalidGrant('The assertion was used before'))
    expectRefusal(await sendClaims({ jti: undefined }), invalidGrant('The assertion has no jti'))
  })

  test('scopes are granted by the same rules as elsewhere', async () => {
    await issuer.call('clients.update', { id: 'signer', changes: { allowedScopes: ['read'] } })
    expectRefusal(await sendClaims({}, { scope: 'write' }), {
      status: 400,
      error: 'invalid_scope',
      description: 'The client may not get the scope write',
    })
    expect((await sendClaims({ sub: 'erin' }, { scope: 'read' })).body.scope).toBe('read')
  })
})

describe('the jwt-bearer grant is refused', () => {
  test('without an assertion', async () => {
    expectRefusal(await issuer.token({ grant_type: JWT_BEARER, client_id: 'signer' }), {
      status: 400,
      error: 'invalid_request',
      description: 'Parameter assertion is missing',
    })
    expect((await issuer.failedCheck()).check).toBe('jwt-bearer.assertion-present')
  })

  const rows: [string, Record<string, unknown>, string, string][] = [
    ['sub nobody has', { sub: 'nobody' }, 'sub of the assertion is no user', 'jwt-bearer.user-known'],
    ['sub is the client', { sub: 'signer' }, 'sub of the assertion is no user', 'jwt-bearer.user-known'],
    ['no sub', { sub: undefined }, 'The assertion has no sub', 'assertion.subject'],
    ['an inactive user', { sub: 'bob' }, 'Inactive user', 'user.active'],
    [
      'iss of another client',
      { iss: 'demo-web' },
      'iss of the assertion is not the client',
      'assertion.issuer',
    ],
    [
      'aud of another issuer',
      { aud: 'https://x.test' },
      'aud of the assertion does not name this issuer',
      'assertion.audience',
    ],
    ['no exp', { exp: undefined }, 'The assertion has no exp', 'assertion.expiry-present'],
    ['expired', { exp: NOW - 60 }, 'The assertion has expired', 'assertion.not-expired'],
    ['nbf ahead', { nbf: NOW + 61 }, 'The assertion is not valid yet', 'assertion.not-before'],
  ]
  test.each(rows)('%s', async (_what, changes, description, check) => {
    expectRefusal(await sendClaims(changes), invalidGrant(description))
    expect((await issuer.failedCheck()).check).toBe(check)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test('pitfall: an unsigned assertion', async () => {
    expectRefusal(
      await send(unsigned(claimsOf('signer', { sub: 'alice' }))),
      invalidGrant('The assertion is signed with an algorithm the client has no key for'),
    )
  })

  test('an assertion of a key nobody registered', async () => {
    const other = await makeKey('ES256', 'k1')
    expectRefusal(
      await send(await other.sign(claimsOf('signer', { sub: 'alice' }))),
      invalidGrant('The signature of the assertion is not valid'),
    )
  })

  test('a client with neither key nor secret', async () => {
    await issuer.call('clients.update', { id: 'signer', changes: { jwks: null } })
    expectRefusal(await sendClaims({}), invalidGrant('There is no key to check the assertion with'))
    expect((await issuer.failedCheck()).observed).toBe('the client has neither jwks nor jwksUri')
  })

  test('a client that is not registered for the grant', async () => {
    await issuer.call('clients.update', { id: 'signer', changes: { grantTypes: ['refresh_token'] } })
    expect((await sendClaims({})).body.error).toBe('unauthorized_client')
  })
})
