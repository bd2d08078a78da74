import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asClient, claimsOf, makeKey, registerSigner, type TestKey } from '../support/assertions.ts'
import { expectInvalidClient } from '../support/expect-refusal.ts'
import { type Fields, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

const NOW = START / 1000

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

describe('the claims (RFC 7523 3)', () => {
  const passes: [string, Record<string, unknown>][] = [
    ['aud is the issuer', { aud: ISSUER }],
    ['aud is the token endpoint', { aud: `${ISSUER}/token` }],
    ['aud is a list with the issuer in it', { aud: ['https://other.test', ISSUER] }],
    ['aud is another loopback name of the issuer', { aud: 'http://localhost:4400' }],
    ['expired within the skew', { exp: NOW - 59 }],
    ['ends in an hour', { exp: NOW + 3600 }],
    ['no iat', { iat: undefined }],
    ['iat ahead within the skew', { iat: NOW + 60 }],
    ['nbf ahead within the skew', { nbf: NOW + 60 }],
    ['a fraction of a second', { exp: NOW + 1.5 }],
  ]
  test.each(passes)('passes: %s', async (_what, changes) => {
    expect((await sendClaims(changes)).status).toBe(200)
  })

  const fails: [string, Record<string, unknown>, string, string][] = [
    ['no iss', { iss: undefined }, 'iss of the assertion is not the client', 'assertion.issuer'],
    ['iss of another', { iss: 'demo-web' }, 'iss of the assertion is not the client', 'assertion.issuer'],
    ['no sub', { sub: undefined }, 'The assertion has no sub', 'assertion.subject'],
    ['sub that is no text', { sub: 7 }, 'The assertion has no sub', 'assertion.subject'],
    ['no aud', { aud: undefined }, 'aud of the assertion does not name this issuer', 'assertion.audience'],
    [
      'aud of another issuer',
      { aud: 'https://other.test' },
      'aud of the assertion does not name this issuer',
      'assertion.audience',
    ],
    [
      'aud with a slash too many',
      { aud: `${ISSUER}/` },
      'aud of the assertion does not name this issuer',
      'assertion.audience',
    ],
    [
      'aud of an endpoint it was not sent to',
      { aud: `${ISSUER}/revoke` },
      'aud of the assertion does not name this issuer',
      'assertion.audience',
    ],
    ['no exp', { exp: undefined }, 'The assertion has no exp', 'assertion.expiry-present'],
    ['exp as text', { exp: String(NOW + 60) }, 'The assertion has no exp', 'assertion.expiry-present'],
    ['expired beyond the skew', { exp: NOW - 60 }, 'The assertion has expired', 'assertion.not-expired'],
    [
      'exp in milliseconds',
      { exp: START + 60_000 },
      'exp of the assertion is too far in the future',
      'assertion.expires-soon',
    ],
    [
      'exp more than an hour ahead',
      { exp: NOW + 3661 },
      'exp of the assertion is too far in the future',
      'assertion.expires-soon',
    ],
    ['nbf beyond the skew', { nbf: NOW + 61 }, 'The assertion is not valid yet', 'assertion.not-before'],
    ['nbf as text', { nbf: 'now' }, 'The assertion is not valid yet', 'assertion.not-before'],
    [
      'iat beyond the skew',
      { iat: NOW + 61 },
      'The assertion was issued in the future',
      'assertion.issued-at',
    ],
    ['iat as text', { iat: 'now' }, 'The assertion was issued in the future', 'assertion.issued-at'],
    ['no jti', { jti: undefined }, 'The assertion has no jti', 'assertion.jti-present'],
    ['an empty jti', { jti: '' }, 'The assertion has no jti', 'assertion.jti-present'],
  ]
  test.each(fails)('refuses: %s', async (_what, changes, description, check) => {
    expectInvalidClient(await sendClaims(changes), description)
    expect((await issuer.failedCheck()).check).toBe(check)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test.each(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])(
    'nested deeper than a stack, %s is refused like any other',
    async (claim) => {
      const deep = `${'['.repeat(40_000)}1${']'.repeat(40_000)}`
      const { [claim]: _left, ...rest } = claimsOf('signer') as Record<string, unknown>
      const payload = `${JSON.stringify(rest).slice(0, -1)},"${claim}":${deep}}`
      const encode = (text: string) => Buffer.from(text).toString('base64url')
      expect((await send(`${encode('{"alg":"ES256"}')}.${encode(payload)}.AA`)).status).toBe(401)
      expect((await send(`${encode(`{"alg":${deep}}`)}.${encode(JSON.stringify(rest))}.AA`)).status).toBe(401)
      expect((await send(await key.signText(payload))).status).toBe(401)
      expect(issuer.log).toEqual([])
    },
  )

  test('an assertion for /introspect may name that endpoint, or the token endpoint', async () => {
    for (const path of ['/introspect', '/token', '']) {
      const assertion = await key.sign(claimsOf('signer', { aud: ISSUER + path }))
      expect((await issuer.postForm('/introspect', { token: 'x', ...asClient(assertion) })).status).toBe(200)
    }
  })

  test('a clock that goes wrong is explained in seconds', async () => {
    await sendClaims({ iat: NOW + 300, exp: NOW + 360 })
    expect(await issuer.failedCheck()).toMatchObject({
      observed: "issued 2031-04-06T12:05:00.000Z; the issuer's clock says 2031-04-06T12:00:00.000Z",
      hint: expect.stringContaining(
        "The client's clock looks 300 s ahead of the issuer's; 60 s are tolerated",
      ),
    })
    await sendClaims({ iat: NOW - 300, exp: NOW - 240 })
    expect((await issuer.failedCheck()).hint).toContain("clock is 240 s or more behind the issuer's")
  })

  test('on the lenient profile a long life and a missing jti are warnings', async () => {
    await issuer.call('clients.update', { id: 'signer', changes: { profile: 'lenient' } })
    expect((await sendClaims({ exp: NOW + 86_400, jti: undefined })).status).toBe(200)
    const warned = (await issuer.lastExchange()).verdicts.filter(({ outcome }) => outcome === 'warned')
    expect(warned.map(({ check }) => check)).toEqual(['assertion.expires-soon', 'assertion.jti-present'])
  })
})

describe('single use', () => {
  test('pitfall: an assertion sent a second time is refused', async () => {
    const assertion = await key.sign(claimsOf('signer', { jti: 'once' }))
    expect((await send(assertion)).status).toBe(200)
    issuer.clock.advance(10)
    expectInvalidClient(await send(assertion), 'The assertion was used before')
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'assertion.unused',
      observed: 'jti "once" was used 2031-04-06T12:00:00.000Z',
    })
  })

  test('at any endpoint', async () => {
    const assertion = await key.sign(claimsOf('signer'))
    expect((await send(assertion)).status).toBe(200)
    expect((await issuer.postForm('/introspect', { token: 'x', ...asClient(assertion) })).status).toBe(401)
  })

  test('of two at once one is the first', async () => {
    const assertion = await key.sign(claimsOf('signer'))
    const answers = await Promise.all([send(assertion), send(assertion), send(assertion)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  })

  test('a forged one does not use up the jti of the real one', async () => {
    const claims = claimsOf('signer')
    expect((await send(await other.sign(claims, { kid: 'k1' }))).status).toBe(401)
    expect((await send(await key.sign(claims))).status).toBe(200)
  })

  test('another client may have the same jti', async () => {
    await issuer.call('clients.create', {
      id: 'second',
      authMethods: ['private_key_jwt'],
      jwks: { keys: [other.jwk] },
      grantTypes: ['client_credentials'],
    })
    expect((await send(await key.sign(claimsOf('signer', { jti: 'same' })))).status).toBe(200)
    expect((await send(await other.sign(claimsOf('second', { jti: 'same' })))).status).toBe(200)
  })
})
