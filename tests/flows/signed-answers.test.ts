import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWTPayload } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSystemRandom } from '../../electron/server/random.ts'
import { encrypt as encryptText } from '../../electron/server/tokens/jwe/encrypt.ts'
import { keyOfSecret } from '../../electron/server/tokens/jwe/secret-key.ts'
import type { FlowRun } from '../../shared/contract/operations/flows.ts'
import { failedChecks, stepOf, textOf, troubles } from '../support/flows.ts'
import {
  awaiting,
  type Begin,
  cameBack,
  FORGED,
  forge,
  identified,
  type Lied,
  type Lies,
  NOW,
  unsigned,
} from '../support/forger.ts'

// Answers that are JWTs: what a client checks before it believes what is inside.

type Signing = Pick<Lies, 'header' | 'otherKey'>

/** A login whose answer is asked for as a JWT, and a JWT that answers it. */
async function asked(begin: Begin = {}) {
  const waiting = await awaiting({}, { parameters: { response_mode: 'jwt' }, ...begin })
  const claims = { code: 'c', state: textOf(waiting.run, 'state'), iss: FORGED, aud: 'app', exp: NOW + 60 }
  return { waiting, claims }
}

async function answered(claims: JWTPayload, signing: Signing = {}): Promise<Lied> {
  const { waiting, claims: honest } = await asked()
  return cameBack(waiting, { response: await forge({ ...honest, ...claims }, signing) })
}

const checksOf = (run: FlowRun, step: string) => stepOf(run, step).attempts.at(-1)!.checks

describe('an authorization response as a JWT (JARM)', () => {
  test('gives code and state, and the login goes on', async () => {
    const { run, bench } = await answered({})
    expect(troubles(run)).toEqual([])
    expect(textOf(run, 'code')).toBe('c')
    const outcomes = checksOf(run, 'authorize').map(({ check, outcome }) => [check, outcome])
    for (const rule of ['came-as-jwt', 'state-is-ours']) {
      expect(outcomes.filter(([check]) => check!.endsWith(rule))).toEqual([[expect.anything(), 'passed']])
    }
    const token = await bench.call('flows.send', { id: run.id })
    expect(troubles(token)).toEqual([])
    expect(textOf(token, 'access_token')).toBe('at')
  })

  test.each<[string, JWTPayload, Signing]>([
    ['client.response-iss-is-expected', { iss: 'https://evil.example' }, {}],
    ['client.response-iss-is-expected', { iss: undefined }, {}],
    ['client.response-aud-is-us', { aud: 'another-app' }, {}],
    ['client.response-aud-is-us', { aud: undefined }, {}],
    ['client.response-is-not-expired', { exp: NOW - 3600 }, {}],
    ['client.response-is-not-expired', { exp: undefined }, {}],
    ['client.response-signature-holds', {}, { otherKey: true }],
    ['client.response-signature-holds', {}, { header: { kid: 'k2' } }],
    ['client.state-is-ours', { state: 'another' }, {}],
    ['client.state-is-ours', { state: undefined }, {}],
    ['client.redirect-has-code', { code: undefined }, {}],
    ['client.redirect-is-no-error', { code: undefined, error: 'access_denied' }, {}],
  ])('%s fails for %o, %o', async (check, claims, signing) => {
    const { run } = await answered(claims, signing)
    expect(failedChecks(run, 'authorize')).toEqual([check])
    expect(run.state).toBe('failed')
    const failed = checksOf(run, 'authorize').find(({ outcome }) => outcome === 'failed')!
    expect([failed.spec, failed.expected]).not.toContain('')
    expect(stepOf(run, 'authorize').attempts.at(-1)!.summary).toContain(failed.title)
  })

  test('an unsigned one is refused for that', async () => {
    const { waiting, claims } = await asked()
    const { run } = await cameBack(waiting, { response: unsigned(claims) })
    expect(failedChecks(run, 'authorize')).toEqual([
      'client.response-is-signed',
      'client.response-signature-holds',
    ])
  })

  test('what is no JWT is refused for that alone', async () => {
    const { waiting } = await asked()
    const { run } = await cameBack(waiting, { response: 'no-jwt' })
    expect(failedChecks(run, 'authorize')).toEqual(['client.response-is-a-jwt'])
    expect(textOf(run, 'code')).toBe('')
  })

  test('an answer that is not signed is refused where a JWT was asked for; an error is noted', async () => {
    const plain = await asked()
    const answer = { code: 'c', state: plain.claims.state, iss: FORGED }
    const { run } = await cameBack(plain.waiting, answer)
    expect(failedChecks(run, 'authorize')).toEqual(['client.redirect-came-as-jwt'])
    const refused = await asked()
    const error = { error: 'invalid_request', state: refused.claims.state, iss: FORGED }
    const after = (await cameBack(refused.waiting, error)).run
    expect(failedChecks(after, 'authorize')).toEqual(['client.redirect-is-no-error'])
    const { outcome } = checksOf(after, 'authorize').find(({ check }) => check.endsWith('came-as-jwt'))!
    expect(outcome).toBe('warned')
  })

  test('is verified as well where nobody asked for a JWT', async () => {
    const { waiting, claims } = await asked({ parameters: {} })
    const { run } = await cameBack(waiting, { response: await forge(claims, { otherKey: true }) })
    expect(failedChecks(run, 'authorize')).toEqual(['client.response-signature-holds'])
  })
})

describe('one that is encrypted', () => {
  const secret = 'a secret of the client, long enough for any key'
  let privateJwk: string
  let encrypt: (jwt: string) => Promise<string>
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    privateJwk = JSON.stringify({ ...(await exportJWK(pair.privateKey)), alg: 'ES256', use: 'sig' })
    const header = { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' }
    // The issuer takes a key to sign with for one to encrypt for: it is the only one the client has.
    const key = await importJWK(await exportJWK(pair.publicKey), 'ECDH-ES')
    encrypt = (jwt) =>
      new CompactEncrypt(new TextEncoder().encode(jwt)).setProtectedHeader(header).encrypt(key)
  })

  test('is opened with the private key of the profile', async () => {
    const { waiting, claims } = await asked({ privateJwk })
    const { run } = await cameBack(waiting, { response: await encrypt(await forge(claims)) })
    expect(troubles(run)).toEqual([])
    const [first] = checksOf(run, 'authorize')
    expect([first!.check, first!.outcome]).toEqual(['client.response-can-be-decrypted', 'passed'])
  })

  // Electron's WebCrypto, which jose stands on, has no AES key wrap.
  describe('without an AES key wrap in WebCrypto', () => {
    beforeEach(() => {
      const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
        ...given: unknown[]
      ) => Promise<unknown>
      vi.spyOn(crypto.subtle, 'importKey').mockImplementation((async (...given: unknown[]) => {
        if (JSON.stringify(given[2]).includes('AES-KW')) throw new Error('Unrecognized algorithm name')
        return importKey(...given)
      }) as typeof crypto.subtle.importKey)
    })
    afterEach(() => void vi.restoreAllMocks())

    test.each(['A128KW', 'A256KW', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'] as const)('by %s', async (alg) => {
      const { waiting, claims } = await asked({ secret, privateJwk })
      const { kty, crv, x, y } = JSON.parse(privateJwk)
      const key = alg.startsWith('ECDH') ? { kty, crv, x, y } : keyOfSecret(secret, alg, 'A256GCM')
      const recipient = { alg, enc: 'A256GCM', key } as const
      const response = await encryptText(createSystemRandom(), await forge(claims), recipient, 'JWT')
      expect(troubles((await cameBack(waiting, { response })).run)).toEqual([])
    })
  })

  test.each([
    ['A128KW', 'A128CBC-HS256', 'sha256', 16],
    ['A192KW', 'A192CBC-HS384', 'sha256', 24],
    ['A192GCMKW', 'A192GCM', 'sha256', 24],
    ['dir', 'A192CBC-HS384', 'sha384', 48],
    ['dir', 'A256GCM', 'sha256', 32],
    ['dir', 'A256CBC-HS512', 'sha512', 64],
  ])('with %s and %s, with the hash of the client secret', async (alg, enc, hash, length) => {
    const digest = await crypto.subtle.digest(hash.replace('sha', 'SHA-'), new TextEncoder().encode(secret))
    const { waiting, claims } = await asked({ secret })
    const response = await new CompactEncrypt(new TextEncoder().encode(await forge(claims)))
      .setProtectedHeader({ alg, enc })
      .encrypt(new Uint8Array(digest).subarray(0, length))
    expect(troubles((await cameBack(waiting, { response })).run)).toEqual([])
  })

  test('is refused where nothing opens it, and its signature is judged inside', async () => {
    const closed = await asked()
    const response = await encrypt(await forge(closed.claims))
    const { run } = await cameBack(closed.waiting, { response })
    expect(failedChecks(run, 'authorize')).toEqual(['client.response-can-be-decrypted'])
    const forged = await asked({ privateJwk })
    const inside = await encrypt(await forge(forged.claims, { otherKey: true }))
    const after = (await cameBack(forged.waiting, { response: inside })).run
    expect(failedChecks(after, 'authorize')).toEqual(['client.response-signature-holds'])
  })
})

describe('userinfo as a JWT', () => {
  const honest = { iss: FORGED, aud: 'app', sub: 'ada' }

  test('tells the claims', async () => {
    const run = await identified({ userinfo: await forge(honest) })
    expect(troubles(run)).toEqual([])
    expect(stepOf(run, 'userinfo').attempts[0]!.summary).toBe('Claims of ada.')
    expect(checksOf(run, 'userinfo').map(({ check }) => check)).toContain('client.userinfo-signature-holds')
  })

  test.each<[string, JWTPayload, Signing]>([
    ['client.userinfo-iss-is-expected', { iss: 'https://evil.example' }, {}],
    ['client.userinfo-aud-is-us', { aud: 'another-app' }, {}],
    ['client.userinfo-is-not-expired', { exp: NOW - 3600 }, {}],
    ['client.userinfo-signature-holds', {}, { otherKey: true }],
    ['client.userinfo-sub-is-id-token-sub', { sub: 'eve' }, {}],
  ])('%s fails for %o, %o', async (check, claims, signing) => {
    const run = await identified({ userinfo: await forge({ ...honest, ...claims }, signing) })
    expect(failedChecks(run, 'userinfo')).toEqual([check])
  })

  test('without iss and aud is worth a warning: they should be there', async () => {
    const run = await identified({ userinfo: await forge({ sub: 'ada' }) })
    expect(failedChecks(run, 'userinfo')).toEqual([])
    const warned = checksOf(run, 'userinfo').filter(({ outcome }) => outcome === 'warned')
    expect(warned.map(({ check }) => check)).toEqual([
      'client.userinfo-iss-is-expected',
      'client.userinfo-aud-is-us',
    ])
  })

  test('unsigned, or no JWT at all, is refused', async () => {
    const run = await identified({ userinfo: unsigned(honest) })
    expect(failedChecks(run, 'userinfo')).toEqual([
      'client.userinfo-is-signed',
      'client.userinfo-signature-holds',
    ])
    const broken = await identified({ userinfo: 'no-jwt' })
    expect(failedChecks(broken, 'userinfo')).toEqual(['client.userinfo-is-a-jwt'])
  })
})
