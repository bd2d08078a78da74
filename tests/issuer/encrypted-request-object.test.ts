import { createHash } from 'node:crypto'
import type { JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { contentEncryptions } from '../../shared/protocol/jwe.ts'
import { claimsOf, makeKey, secretSigner, unsigned } from '../support/assertions.ts'
import {
  answerOf,
  type Browser,
  CALLBACK,
  LED_AT_ONCE,
  locationOf,
  openBrowser,
  REQUEST,
} from '../support/browser.ts'
import { encryptionKeyOf, encryptText, openingKey } from '../support/encryption.ts'
import { type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

// Request objects that were signed, and then encrypted for the issuer (RFC 9101 4, 6.1, OpenID Connect Core 1.0 6.1, 10.2).

const TYPE = { typ: 'oauth-authz-req+jwt' }
type Header = { alg: string; enc: string } & Record<string, unknown>

interface Opened {
  issuer: Issuer
  browser: Browser
  key: JWK
  sign(claims?: object): Promise<string>
  ask(request: string, more?: Fields): ReturnType<Browser['get']>
  /** Signed, and encrypted for the issuer. */
  sealed(header?: Partial<Header>, claims?: object): Promise<string>
}

const inside = (changes: object = {}) => {
  const { sub: _, ...jwt } = claimsOf('demo-spa')
  return { ...jwt, ...REQUEST, ...changes }
}

async function open(
  profile: 'strict' | 'standard' | 'lenient' = 'standard',
  changes: object = {},
): Promise<Opened> {
  const issuer = await openIssuer({ workspace: { settings: { profile, checkLevels: LED_AT_ONCE } } })
  const signing = await makeKey()
  const jwks = { keys: [signing.jwk] }
  await issuer.call('clients.update', { id: 'demo-spa', changes: { jwks, ...changes } })
  const browser = openBrowser(issuer)
  const key = await encryptionKeyOf(issuer)
  const sign = (claims: object = {}) => signing.sign(inside(claims), TYPE)
  return {
    issuer,
    browser,
    key,
    sign,
    ask: (request, more = {}) =>
      browser.get(`/authorize?${new URLSearchParams({ client_id: 'demo-spa', request, ...more })}`),
    sealed: async (header = {}, claims = {}) =>
      encryptText(await sign(claims), key, { ...usual(key), ...header }),
  }
}

const usual = ({ kid }: JWK): Header => ({ alg: 'ECDH-ES', enc: 'A128CBC-HS256', cty: 'JWT', kid })

const warnings = async (issuer: Issuer) =>
  (await issuer.lastExchange()).verdicts.flatMap(({ check, outcome }) =>
    outcome === 'warned' ? [check] : [],
  )

describe('an encrypted request object', () => {
  test.each(['strict', 'standard', 'lenient'] as const)(
    'under %s is answered as the signed one inside',
    async (profile) => {
      const { issuer, browser, ask, sealed } = await open(profile)
      await browser.logIn()
      expect(answerOf(await ask(await sealed({}, { state: 'inside' })))).toMatchObject({
        state: 'inside',
        code: expect.any(String),
      })
      expect(await warnings(issuer)).toEqual([])
      const { verdicts } = await issuer.lastExchange()
      expect(verdicts.find(({ check }) => check === 'request-object.decrypted')).toMatchObject({
        outcome: 'passed',
      })
    },
  )

  test.each(['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'])(
    'may be encrypted by %s, with any content encryption',
    async (alg) => {
      const { ask, sealed } = await open()
      for (const enc of contentEncryptions)
        expect(locationOf(await ask(await sealed({ alg, enc, kid: undefined })))).toMatch(/^interaction\?/)
    },
  )

  test.each(['RSA-OAEP', 'RSA-OAEP-256'])(
    'may be encrypted by %s once the issuer has such a key',
    async (alg) => {
      const { issuer, ask, sign } = await open()
      await issuer.call('keys.generate', { use: 'encryption', alg: 'RSA-OAEP-256' })
      const key = await encryptionKeyOf(issuer, 'RSA')
      const request = await encryptText(await sign(), key, { ...usual(key), alg })
      expect(locationOf(await ask(request))).toMatch(/^interaction\?/)
    },
  )

  test.each([
    ['dir', 'A256CBC-HS512', 'sha512', 64],
    ['A128KW', 'A128GCM', 'sha256', 16],
    ['A256KW', 'A256GCM', 'sha256', 32],
  ] as const)('may be encrypted with the secret, by %s and %s', async (alg, enc, hash, length) => {
    const { issuer, ask } = await open()
    const secret = 'a secret of thirty-two characters'
    await issuer.call('clients.create', {
      id: 'hmac',
      secret,
      authMethods: ['client_secret_basic'],
      redirectUris: ['loopback'],
    })
    const signed = await secretSigner(secret)({ ...inside(), iss: 'hmac', client_id: 'hmac' }, TYPE)
    const key = createHash(hash).update(secret).digest().subarray(0, length)
    const request = await encryptText(signed, key, { alg, enc, cty: 'JWT' })
    expect(locationOf(await ask(request, { client_id: 'hmac' }))).toMatch(/^interaction\?/)
    const wrong = await encryptText(signed, Buffer.alloc(length, 7), { alg, enc, cty: 'JWT' })
    expect((await ask(wrong, { client_id: 'hmac' })).status).toBe(400)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'request-object.decrypted',
      observed: expect.stringContaining('a key made of the client secret'),
    })
  })

  test('may be pushed', async () => {
    const { issuer, sealed } = await open('strict', { requireSignedRequestObject: true })
    const { status } = await issuer.postForm('/par', { client_id: 'demo-spa', request: await sealed() })
    expect(status).toBe(201)
  })

  test('for a pair that is out of the JWKS is still read, for a revoked one not', async () => {
    const { issuer, key, ask, sealed } = await open()
    const request = await sealed()
    await issuer.call('keys.retire', { kid: key.kid! })
    expect(locationOf(await ask(request))).toMatch(/^interaction\?/)
    await issuer.call('keys.revoke', { kid: key.kid! })
    await ask(request)
    expect((await issuer.failedCheck()).check).toBe('request-object.encryption')
    await issuer.call('keys.generate', { use: 'encryption', alg: 'ECDH-ES' })
    await ask(request)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'request-object.decrypted',
      observed: `the key "${key.kid}" is revoked`,
    })
  })

  test('warns under standard where it is not as registered, or does not say what is inside', async () => {
    const { issuer, ask, sign, sealed } = await open('standard', {
      requestObjectEncryptionAlg: 'ECDH-ES+A128KW',
    })
    expect(locationOf(await ask(await sealed({ cty: undefined })))).toMatch(/^interaction\?/)
    expect(await warnings(issuer)).toEqual([
      'request-object.encryption-registered',
      'request-object.content-type',
    ])
    await ask(await sign())
    expect(await warnings(issuer)).toEqual(['request-object.encryption-registered'])
    await ask(await sealed({ alg: 'ECDH-ES+A128KW' }))
    expect(await warnings(issuer)).toEqual([])
  })
})

describe('what is refused', () => {
  const refused: [
    string,
    (opened: Opened) => Promise<string> | string,
    string,
    ('strict' | undefined)?,
    object?,
  ][] = [
    [
      'another key',
      async ({ key, sign }) => encryptText(await sign(), (await openingKey()).jwk, usual(key)),
      'decrypted',
    ],
    ['a key nobody has', ({ sealed }) => sealed({ kid: 'nobody' }), 'decrypted'],
    [
      'a key that signs',
      async ({ issuer, sealed }) => {
        const { kid } = (await issuer.call('keys.list', {})).find(({ use }) => use === 'access')!
        return sealed({ kid })
      },
      'decrypted',
    ],
    ['a changed text', async ({ sealed }) => changed(await sealed()), 'decrypted'],
    [
      'an algorithm without a key',
      async ({ sign }) =>
        encryptText(await sign(), (await openingKey('RSA')).jwk, {
          alg: 'RSA-OAEP',
          enc: 'A128GCM',
          cty: 'JWT',
        }),
      'encryption',
    ],
    ['a content encryption nobody knows', ({ sealed }) => sealed({ enc: 'A192GCM' }), 'encryption'],
    [
      'a password',
      async ({ sign }) =>
        encryptText(await sign(), Buffer.from('password'), {
          alg: 'PBES2-HS256+A128KW',
          enc: 'A128GCM',
          cty: 'JWT',
        }),
      'encryption',
    ],
    [
      'the secret of a client that has none',
      async ({ sign }) =>
        encryptText(await sign(), Buffer.alloc(16), { alg: 'dir', enc: 'A128GCM', cty: 'JWT' }),
      'encryption',
    ],
    [
      'parameters nobody signed',
      ({ key }) => encryptText(JSON.stringify(inside()), key, usual(key)),
      'signed-inside',
    ],
    [
      'another JWE inside',
      async ({ key, sealed }) => encryptText(await sealed(), key, usual(key)),
      'signed-inside',
    ],
    ['no JWT inside', ({ key }) => encryptText('x', key, usual(key)), 'signed-inside'],
    [
      'a signature of nobody inside',
      ({ key }) => encryptText(unsigned(inside()), key, usual(key)),
      'algorithm',
    ],
    [
      'a foreign signature inside',
      async ({ key }) => encryptText(await (await makeKey()).sign(inside(), TYPE), key, usual(key)),
      'signature',
    ],
    [
      'a JWT with something around it inside',
      async ({ key, sign }) => encryptText(`Bearer ${await sign()}`, key, usual(key)),
      'signed-inside',
    ],
    [
      'no word of a JWT inside, under strict',
      ({ sealed }) => sealed({ cty: undefined }),
      'content-type',
      'strict',
    ],
    [
      'not what was registered, under strict',
      ({ sign }) => sign(),
      'encryption-registered',
      'strict',
      { requestObjectEncryptionAlg: 'ECDH-ES' },
    ],
  ]
  test.each(refused)('%s', async (_what, make, check, profile, changes) => {
    const opened = await open(profile, changes)
    const answer = await opened.ask(await make(opened), { redirect_uri: CALLBACK, state: 'beside' })
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_request_object', state: 'beside' })
    const failed = await opened.issuer.failedCheck()
    expect(failed.check).toBe(`request-object.${check}`)
    expect(failed.observed).toEqual(expect.any(String))
    expect(opened.issuer.log).toEqual([])
  })

  /** Another last character of the ciphertext. */
  const changed = (jwe: string): string => {
    const parts = jwe.split('.')
    const text = parts[3]!
    parts[3] = (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    return parts.join('.')
  }
})

test('what five parts of garbage do is never a defect', async () => {
  const { issuer, key, ask } = await open('lenient')
  const head = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url')
  const epk = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }
  for (const header of [
    usual(key),
    { ...usual(key), epk },
    { ...usual(key), alg: 'ECDH-ES+A128KW' },
    { ...usual(key), alg: 'ECDH-ES+A256KW', epk },
    { ...usual(key), alg: 'ECDH-ES+A128KW', epk: 7 },
    { ...usual(key), alg: 'ECDH-ES+A128KW', epk: { kty: 'OKP', crv: 'X25519', x: 'AA' } },
    { ...usual(key), alg: ['ECDH-ES'] },
    { ...usual(key), enc: null },
    { ...usual(key), zip: 'DEF' },
    {},
  ])
    for (const rest of [
      '....',
      '.AA.AA.AA.AA',
      `.${'A'.repeat(54)}.${'A'.repeat(16)}.AAAA.${'A'.repeat(22)}`,
    ])
      expect((await ask(head(header) + rest)).status).toBe(400)
  expect(issuer.log).toEqual([])
})
