import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { type Answer, bearer, type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'

/** Every route that takes a bearer token. */
const routes: [string, string][] = [
  ['GET', '/me'],
  ['GET', '/items'],
  ['POST', '/items'],
  ['POST', '/logout'],
  ['POST', '/2fa/setup'],
  ['POST', '/2fa/verify'],
]
const allButVerify = routes.filter(([, path]) => path !== '/2fa/verify')

const atEach = (issuer: Issuer, headers: Fields, where = routes): Promise<Answer[]> =>
  Promise.all(
    where.map(([method, path]) =>
      issuer.send(path, { method, headers, ...(method === 'POST' ? { body: '{"code":"000000"}' } : {}) }),
    ),
  )

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part!, 'base64url').toString())
const withParts = (token: string, change: (parts: string[]) => string[]) => change(token.split('.')).join('.')

/** Signs what it likes with the issuer's own HS256 key. */
async function openForgeable() {
  const issuer = await openIssuer({ workspace: { settings: { signingAlg: 'HS256' } } })
  const key = (await issuer.call('keys.list', {})).find(({ use, active }) => use === 'access' && active)!
  const { secret } = await issuer.call('keys.secret', { kid: key.kid })
  const { access_token } = await issuer.login('alice', { scope: 'read write' })
  const sign = (claims: object, header: object = {}) =>
    new SignJWT({ ...decodeJwt(access_token), ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key.kid, ...header })
      .sign(Buffer.from(secret, 'base64url'))
  return { issuer, sign, access_token }
}

describe('how the token comes', () => {
  test.each(['Bearer', 'bearer', 'BEARER'])(
    'the scheme may be written %s (RFC 9110 11.1)',
    async (scheme) => {
      const issuer = await openIssuer()
      const { access_token } = await issuer.login('alice')
      expect((await issuer.get('/me', { authorization: `${scheme} ${access_token}` })).status).toBe(200)
    },
  )

  test('no Authorization header: 401 with the bare challenge, on every route', async () => {
    const issuer = await openIssuer()
    for (const answer of await atEach(issuer, {})) expectUnauthenticated(answer)
  })

  test.each(['Basic YWxpY2U6d29uZGVybGFuZA==', 'Bearer', 'Bearer ', 'Token abc', 'x'])(
    'Authorization: %s counts as no token: 401 with the bare challenge',
    async (authorization) => {
      const issuer = await openIssuer()
      for (const answer of await atEach(issuer, { authorization })) expectUnauthenticated(answer)
      expect((await issuer.failedCheck()).check).toBe('bearer.token-present')
    },
  )

  test('a token in the query: 400 invalid_request (RFC 9700 4.3.2)', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const description = 'The token may only be sent in the Authorization header'
    const refused = {
      status: 400,
      error: 'invalid_request',
      description,
      challenge: `Bearer error="invalid_request", error_description="${description}"`,
    }
    expectRefusal(await issuer.get(`/me?access_token=${access_token}`), refused)
    expectRefusal(await issuer.get(`/me?access_token=${access_token}`, bearer(access_token)), refused)
    expect((await issuer.failedCheck()).check).toBe('bearer.one-place')
  })
})

describe('a token that does not hold gets 401 invalid_token on every route', () => {
  const malformed = ['garbage', 'a.b', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30', '....', 'Bearer x']
  test.each(malformed)('garbage: %s', async (token) => {
    const issuer = await openIssuer()
    for (const answer of await atEach(issuer, bearer(token))) expectInvalidToken(answer, 'Malformed token')
    expect((await issuer.failedCheck()).check).toBe('bearer.token-genuine')
  })

  test('expired, to the second', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    issuer.clock.advance(899)
    expect((await issuer.get('/me', bearer(access_token))).status).toBe(200)
    issuer.clock.advance(1)
    const answers = await atEach(issuer, bearer(access_token))
    for (const answer of answers) expectInvalidToken(answer, 'Token expired')
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-not-expired',
      observed: "expired 2031-04-06T12:15:00.000Z; the issuer's clock says 2031-04-06T12:15:00.000Z",
    })
  })

  test('made to expire in the workbench', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('tokens.expire', { jtis: [decodeJwt(access_token).jti!] })
    for (const answer of await atEach(issuer, bearer(access_token)))
      expectInvalidToken(answer, 'Token expired')
  })

  test('revoked', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('tokens.revoke', { jtis: [decodeJwt(access_token).jti!] })
    for (const answer of await atEach(issuer, bearer(access_token)))
      expectInvalidToken(answer, 'Token revoked')
    expect((await issuer.failedCheck()).check).toBe('bearer.token-not-revoked')
  })

  test('of a user who was deleted', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('users.delete', { id: 'alice' })
    for (const answer of await atEach(issuer, bearer(access_token))) {
      expectInvalidToken(answer, 'Could not validate credentials')
    }
    expect((await issuer.failedCheck()).check).toBe('bearer.token-stored')
  })

  test("signed with another issuer's key", async () => {
    const [issuer, other] = [await openIssuer(), await openIssuer()]
    const { access_token } = await other.login('alice')
    for (const answer of await atEach(issuer, bearer(access_token))) {
      expectInvalidToken(answer, 'Could not validate credentials')
    }
    const { kid } = decodeProtectedHeader(access_token)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-genuine',
      observed: `No access key of the issuer has the kid ${kid}.`,
    })
  })

  test('of another issuer that signs with the same key', async () => {
    const issuer = await openIssuer()
    const body = 'grant_type=password&username=alice&password=wonderland'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const elsewhere = await issuer.send('https://elsewhere.test/token', { method: 'POST', body, headers })
    const token = bearer(String(elsewhere.body.access_token))
    for (const answer of await atEach(issuer, token)) {
      expectInvalidToken(answer, 'The token is of another issuer')
    }
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-issuer',
      observed: 'iss "https://elsewhere.test"',
    })
  })

  test.each([
    ['https://api.test', '"https://api.test"'],
    [[], '[]'],
    [undefined, 'undefined'],
  ])('for another audience (%j)', async (aud, shown) => {
    const { issuer, sign } = await openForgeable()
    for (const answer of await atEach(issuer, bearer(await sign({ aud })))) {
      expectInvalidToken(answer, 'The token is for another audience')
    }
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'bearer.token-audience',
      observed: `aud ${shown}`,
    })
  })

  test.each(['JWT', 'rt+jwt', 'dpop+jwt', undefined])(
    'that says it is of typ %s (RFC 9068 4)',
    async (typ) => {
      const { issuer, sign } = await openForgeable()
      for (const answer of await atEach(issuer, bearer(await sign({}, { typ })))) {
        expectInvalidToken(answer, 'Could not validate credentials')
      }
      expect((await issuer.failedCheck()).check).toBe('bearer.token-type')
    },
  )

  test('signed with the right key, but never issued: the ledger does not know it', async () => {
    const { issuer, sign } = await openForgeable()
    const tokens = [
      await sign({ jti: 'made-up' }),
      await sign({ sub: 'dave' }),
      await sign({ exp: START / 1000 + 86_400 }),
    ]
    for (const token of tokens) {
      expectInvalidToken(await issuer.get('/me', bearer(token)), 'Could not validate credentials')
      expect((await issuer.failedCheck()).check).toBe('bearer.token-stored')
    }
  })

  test.each(['none', 'None', 'NONE', 'nOnE'])('attack: alg %s', async (alg) => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const token = withParts(access_token, ([header, payload]) => [
      encode({ ...decode(header), alg }),
      payload!,
      '',
    ])
    for (const answer of await atEach(issuer, bearer(token))) {
      expectInvalidToken(answer, 'Could not validate credentials')
    }
    const withoutKid = [encode({ alg, typ: 'at+jwt' }), token.split('.')[1], ''].join('.')
    expectInvalidToken(await issuer.get('/me', bearer(withoutKid)), 'Could not validate credentials')
  })

  test.each(['RS256', 'ES256'] as const)(
    'attack: HS256 with the public key of %s as the secret',
    async (alg) => {
      const issuer = await openIssuer({ workspace: { settings: { signingAlg: alg } } })
      const { access_token } = await issuer.login('alice', { scope: 'read' })
      const jwk = ((await issuer.get('/jwks')).body.keys as JWK[])[0]!
      const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
      const secrets = [
        key.export({ type: 'spki', format: 'pem' }),
        key.export({ type: 'spki', format: 'der' }),
        JSON.stringify(jwk),
        String(jwk.n ?? jwk.x),
      ]
      for (const secret of secrets) {
        const [header, payload] = access_token.split('.')
        const signed = `${encode({ ...decode(header), alg: 'HS256' })}.${payload}`
        const signature = createHmac('sha256', secret).update(signed).digest('base64url')
        for (const answer of await atEach(issuer, bearer(`${signed}.${signature}`))) {
          expectInvalidToken(answer, 'Could not validate credentials')
        }
        expect(await issuer.failedCheck()).toMatchObject({
          check: 'bearer.token-genuine',
          observed: `The header says alg "HS256", but key ${jwk.kid} is for ${alg}.`,
        })
      }
    },
  )

  test('attack: a key of its own in the header (jwk, jku, x5c) is not looked at', async () => {
    const { issuer, access_token } = await openForgeable()
    const header = {
      ...decodeProtectedHeader(access_token),
      jwk: { kty: 'oct', k: 'AAAA' },
      jku: 'http://x.test',
    }
    const signed = `${encode(header)}.${access_token.split('.')[1]}`
    const signature = createHmac('sha256', Buffer.from('AAAA', 'base64url'))
      .update(signed)
      .digest('base64url')
    expectInvalidToken(
      await issuer.get('/me', bearer(`${signed}.${signature}`)),
      'Could not validate credentials',
    )
  })

  test('with changed claims', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read' })
    const token = withParts(access_token, ([header, payload, signature]) => [
      header!,
      encode({ ...decode(payload), scope: 'admin' }),
      signature!,
    ])
    for (const answer of await atEach(issuer, bearer(token))) {
      expectInvalidToken(answer, 'Could not validate credentials')
    }
  })

  test('with the padding bits of its signature changed: one token has one spelling', async () => {
    const { issuer, access_token } = await openForgeable()
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(access_token.at(-1)!)
    const respelled = access_token.slice(0, -1) + alphabet[last ^ 1]
    expectInvalidToken(await issuer.get('/me', bearer(respelled)), 'Could not validate credentials')
  })

  test('a refresh token is no access token', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice', { scope: 'read write' })
    for (const answer of await atEach(issuer, bearer(refresh_token!))) {
      expectInvalidToken(answer, 'Could not validate credentials')
    }
    expect((await issuer.failedCheck()).check).toBe('bearer.token-genuine')
    expect((await issuer.postJson('/refresh', { refresh_token })).status).toBe(200)
  })

  test('a pending token, everywhere but at /2fa/verify: "Second factor required"', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('carol', { scope: 'read write' })
    for (const answer of await atEach(issuer, bearer(access_token), allButVerify)) {
      expectInvalidToken(answer, 'Second factor required')
    }
    expect((await issuer.failedCheck()).check).toBe('bearer.second-factor-done')
    expect((await issuer.call('tokens.list', {})).rows[0]!.state).toBe('active')
  })
})

test('a token is good under each loopback name of the issuer, and under a fixed URL under that alone', async () => {
  const issuer = await openIssuer()
  const { access_token } = await issuer.login('alice')
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const answer = await issuer.send(`http://${host}:4400/me`, { headers: bearer(access_token) })
    expect(answer.status).toBe(200)
  }
  const otherPort = await issuer.send('http://127.0.0.1:9/me', { headers: bearer(access_token) })
  expectInvalidToken(otherPort, 'The token is of another issuer')
  const fixed = await openIssuer({ issuer: 'https://issuer.test' })
  const token = (await fixed.login('alice')).access_token
  expect(decodeJwt(token).iss).toBe('https://issuer.test')
  expect((await fixed.get('/me', bearer(token))).status).toBe(200)
})
