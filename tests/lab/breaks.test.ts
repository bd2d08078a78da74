import { createHmac, createPublicKey } from 'node:crypto'
import {
  compactVerify,
  createLocalJWKSet,
  EmbeddedJWK,
  errors,
  importSPKI,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { tokenBreaks } from '../../shared/protocol/breaks/index.ts'
import { bearer, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

// A right verifier is jose, set up as RFC 8725 and RFC 9068 4 want; the key and the good token are an issuer's own.

const AUDIENCE = 'https://api.example.test'
const currentDate = new Date(START)

let issuer: Issuer
let kid: string
let pem: string
let jwks: ReturnType<typeof createLocalJWKSet>
let good: string

async function prepare() {
  issuer = await openIssuer()
  const key = (await issuer.call('keys.list', {})).find((one) => one.use === 'access' && one.active)!
  kid = key.kid
  jwks = createLocalJWKSet({ keys: [key.publicJwk as never] })
  pem = createPublicKey({ key: key.publicJwk as never, format: 'jwk' })
    .export({ format: 'pem', type: 'spki' })
    .toString()
  const seconds = START / 1000
  const header = { alg: 'ES256', typ: 'at+jwt', kid }
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', scope: 'read', iat: seconds, exp: seconds + 900 }
  good = await sign(header, claims)
}

async function sign(header: object, claims: object): Promise<string> {
  const key = { kind: 'issuer', kid } as const
  const input = { header: JSON.stringify(header), payload: JSON.stringify(claims), key }
  return (await issuer.call('lab.sign', input)).token
}

const right = (token: string) =>
  jwtVerify(token, jwks, {
    issuer: ISSUER,
    audience: AUDIENCE,
    typ: 'at+jwt',
    algorithms: ['ES256'],
    requiredClaims: ['exp'],
    currentDate,
  })

const broken = async (breakId: string, token = good) =>
  (await issuer.call('lab.break', { token, breakId, key: { kind: 'issuer', kid } })).token

describe('breaking a token', () => {
  // An issuer for all tests would be closed after the first.
  beforeEach(prepare)

  test('the token to break is good', async () => {
    expect((await right(good)).payload.sub).toBe('alice')
  })

  test('there are at least twenty ways, each with a name, a question and a section of its own', () => {
    expect(tokenBreaks.length).toBeGreaterThanOrEqual(20)
    expect(new Set(tokenBreaks.map(({ id }) => id)).size).toBe(tokenBreaks.length)
    for (const { title, tests, spec } of tokenBreaks) {
      expect(title).not.toBe('')
      expect(tests).not.toBe('')
      expect(spec).toMatch(/^RFC \d{4} \d/)
    }
  })

  // jose reads base64 leniently, as JavaScript does: those of its signature part it takes. Our own issuer must not.
  const lenient = ['signature-spaced', 'signature-padded']

  test('a right verifier refuses every way that is to be refused', async () => {
    const taken: string[] = []
    for (const { id } of tokenBreaks.filter(({ right: answer }) => answer === 'refuse')) {
      const token = await broken(id)
      expect(token, id).not.toBe(good)
      const accepted = await right(token).then(
        () => true,
        () => false,
      )
      if (accepted) taken.push(id)
    }
    expect(taken).toEqual(lenient)
  })

  test('a right verifier does not fall over the others', async () => {
    for (const { id } of tokenBreaks.filter(({ right: answer }) => answer === 'survive')) {
      const outcome = await right(await broken(id)).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome, id).toBeInstanceOf(errors.JOSEError)
      else expect(outcome, id).toHaveProperty('payload.sub', 'alice')
    }
  })

  test('our own API refuses, and survives', async () => {
    const { access_token } = await issuer.login('alice')
    for (const { id, right: answer } of tokenBreaks) {
      const header = (await broken(id, access_token)).replace(/\s+/g, ' ')
      const { status } = await issuer.get('/me', bearer(header))
      expect(status, id).toBeLessThan(500)
      if (answer === 'refuse') expect(status, id).toBeGreaterThanOrEqual(400)
    }
    expect(issuer.log).toEqual([])
  })

  test('what is signed for real is: nothing but the one thing is wrong', async () => {
    const ids = tokenBreaks.filter(({ theme }) => theme === 'Claims').map(({ id }) => id)
    for (const id of ids.filter((one) => one !== 'crit-unknown')) {
      await expect(compactVerify(await broken(id), jwks), id).resolves.toBeDefined()
    }
  })

  test('a way that does not fit says why', async () => {
    const { token } = await issuer.call('lab.sign', {
      header: '{"alg":"HS256"}',
      payload: '{"sub":"x"}',
      key: { kind: 'secret', secret: 'a secret of thirty-two characters' },
    })
    await expect(broken('es256-der', token)).rejects.toThrow('two forms')
    await expect(
      issuer.call('lab.break', { token, breakId: 'exp-past', key: { kind: 'none' } }),
    ).rejects.toThrow('Sign with')
    await expect(broken('signature-flipped', `${good.slice(0, good.lastIndexOf('.'))}.`)).rejects.toThrow(
      'no signature',
    )
  })
})

describe('the breaks work: a verifier with the fault takes them', () => {
  // An issuer for all tests would be closed after the first.
  beforeEach(prepare)

  test('key confusion: HS256 with the PEM of the public key', async () => {
    const secret = new TextEncoder().encode(pem)
    await expect(jwtVerify(await broken('hs256-public-key'), secret, { currentDate })).resolves.toBeDefined()
    await expect(jwtVerify(good, await importSPKI(pem, 'ES256'), { currentDate })).resolves.toBeDefined()
  })

  test('the key in the header', async () => {
    await expect(jwtVerify(await broken('embedded-jwk'), EmbeddedJWK, { currentDate })).resolves.toBeDefined()
  })

  test.each([
    ['hs256-empty-secret', ''],
    ['hs256-weak-secret', 'secret'],
    ['kid-path', ''],
    ['kid-sql', 'attacker'],
  ])('%s is HMAC with the secret it is about', async (id, secret) => {
    const [header, payload, signature] = (await broken(id)).split('.')
    expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
  })

  test('the DER signature is the same one: node:crypto takes it as it is', async () => {
    const [header, payload, signature] = (await broken('es256-der')).split('.')
    const { verify } = await import('node:crypto')
    const bytes = Buffer.from(signature!, 'base64url')
    expect(
      verify('sha256', Buffer.from(`${header}.${payload}`), { key: pem, dsaEncoding: 'der' }, bytes),
    ).toBe(true)
  })

  test('a verifier that checks signatures alone takes wrong claims', async () => {
    const claimsOf = async (id: string): Promise<JWTPayload> =>
      JSON.parse(new TextDecoder().decode((await compactVerify(await broken(id), jwks)).payload))
    expect((await claimsOf('exp-past')).exp).toBeLessThan(START / 1000)
    expect(typeof (await claimsOf('exp-text')).exp).toBe('string')
    expect(await claimsOf('exp-missing')).not.toHaveProperty('exp')
    expect((await claimsOf('wrong-aud')).aud).not.toBe(AUDIENCE)
  })

  test('of two alike, the first is the good one and the last the bad one', async () => {
    const [, payload] = (await broken('duplicate-claims')).split('.')
    const text = Buffer.from(payload!, 'base64url').toString()
    const times = [...text.matchAll(/"exp":(\d+)/g)].map((match) => Number(match[1]) - START / 1000)
    expect(times.map(Math.sign)).toEqual([1, -1])
  })
})

describe('a secret that signs', () => {
  test('its breaks are signed with it, and key confusion is not offered', async () => {
    issuer = await openIssuer()
    const secret = 'thirty-two characters of a secret'
    const bytes = new TextEncoder().encode(secret)
    const token = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(4e9)
      .sign(bytes)
    const key = { kind: 'secret', secret } as const
    const past = await issuer.call('lab.break', { token, breakId: 'exp-past', key })
    await expect(jwtVerify(past.token, bytes, { currentDate })).rejects.toThrow(errors.JWTExpired)
    await expect(issuer.call('lab.break', { token, breakId: 'hs256-public-key', key })).rejects.toThrow(
      'secret',
    )
  })
})
