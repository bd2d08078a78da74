import { createHash } from 'node:crypto'
import { compactDecrypt, createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { contentEncryptions } from '../../shared/protocol/jwe.ts'
import { answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { encryptionKeyOf, encryptText, type OpeningKey, openingKey } from '../support/encryption.ts'
import { basic, bearer, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

// Answers encrypted for the client (OpenID Connect Core 1.0 10.2, JARM 2.2, RFC 9701 5).

let rsa: OpeningKey
let ec: OpeningKey
beforeAll(async () => {
  rsa = await openingKey('RSA', 'r1')
  ec = await openingKey('EC', 'e1')
})

async function open(changes: object): Promise<Issuer> {
  const issuer = await openIssuer()
  const jwks = { keys: [rsa.jwk, ec.jwk] }
  for (const id of ['demo-spa', 'demo-web', 'demo-service'])
    await issuer.call('clients.update', { id, changes: { jwks, ...changes } })
  return issuer
}

/** The claims of a JWT the issuer signed. */
async function verified(issuer: Issuer, jwt: string, audience = 'demo-spa') {
  const jwks = (await issuer.get('/jwks')).body as unknown as JSONWebKeySet
  const expected = { issuer: ISSUER, audience, currentDate: new Date(START) }
  return (await jwtVerify(jwt, createLocalJWKSet(jwks), expected)).payload
}

async function logIn(issuer: Issuer) {
  const { code } = answerOf(await openBrowser(issuer).logIn('alice', { scope: 'openid email' }))
  return issuer.token(codeFields(code!))
}

describe('an ID token', () => {
  test.each(['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'] as const)(
    'is signed, and then encrypted by %s for the key of that kind',
    async (alg) => {
      const issuer = await open({ idTokenEncryptedResponseAlg: alg })
      const { status, body } = await logIn(issuer)
      expect(status).toBe(200)
      const key = alg.startsWith('RSA') ? rsa : ec
      const { verdicts } = await issuer.lastExchange()
      const { header, text } = await key.open(String(body.id_token))
      expect(header).toMatchObject({ alg, enc: 'A128CBC-HS256', kid: key.jwk.kid, cty: 'JWT' })
      expect(await verified(issuer, text)).toMatchObject({
        sub: 'alice',
        aud: 'demo-spa',
        nonce: expect.any(String),
      })
      expect(verdicts.find(({ check }) => check === 'encryption.client-key')).toMatchObject({
        outcome: 'passed',
        observed: `ID token: key "${key.jwk.kid}"`,
      })
    },
  )

  test.each(contentEncryptions)('has its content encrypted by %s when the client says so', async (enc) => {
    const issuer = await open({ idTokenEncryptedResponseAlg: 'RSA-OAEP', idTokenEncryptedResponseEnc: enc })
    const { header } = await rsa.open(String((await logIn(issuer)).body.id_token))
    expect(header.enc).toBe(enc)
  })

  // OpenID Connect Core 1.0 10.2: the left part of a hash of the secret.
  test.each([
    ['dir', 'A128CBC-HS256', 'sha256', 32],
    ['dir', 'A256CBC-HS512', 'sha512', 64],
    ['dir', 'A128GCM', 'sha256', 16],
    ['A128KW', 'A256GCM', 'sha256', 16],
    ['A256KW', 'A256CBC-HS512', 'sha256', 32],
  ] as const)('may be encrypted with the secret: %s, %s', async (alg, enc, hash, length) => {
    const issuer = await open({ idTokenEncryptedResponseAlg: null })
    const changes = { idTokenEncryptedResponseAlg: alg, idTokenEncryptedResponseEnc: enc }
    await issuer.call('clients.update', { id: 'demo-web', changes })
    const answer = await openBrowser(issuer).logIn('alice', { client_id: 'demo-web' })
    const credentials = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { body } = await issuer.token({ ...codeFields(answerOf(answer).code!), ...credentials })
    const key = createHash(hash).update('demo-web-secret').digest().subarray(0, length)
    const { plaintext, protectedHeader } = await compactDecrypt(String(body.id_token), key)
    expect(protectedHeader).toEqual({ alg, enc, cty: 'JWT' })
    expect(await verified(issuer, new TextDecoder().decode(plaintext), 'demo-web')).toMatchObject({
      sub: 'alice',
    })
  })

  test('of a refresh and of the front channel is encrypted too', async () => {
    const issuer = await open({
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      responseTypes: ['code', 'code id_token'],
    })
    await issuer.call('settings.update', { legacyResponseTypes: true })
    const { body } = await logIn(issuer)
    const refreshed = await issuer.token({
      grant_type: 'refresh_token',
      client_id: 'demo-spa',
      refresh_token: String(body.refresh_token),
    })
    expect(decodeJwt((await ec.open(String(refreshed.body.id_token))).text).sub).toBe('alice')
    const front = await openBrowser(issuer).logIn('alice', { response_type: 'code id_token' })
    const hash = new URLSearchParams(new URL(front.headers.get('location')!).hash.slice(1))
    expect(await verified(issuer, (await ec.open(hash.get('id_token')!)).text)).toHaveProperty('c_hash')
  })

  test('without a key any more is refused, and the code can still be used', async () => {
    const issuer = await open({
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      jwks: null,
      jwksUri: 'https://app.test/jwks',
    })
    let keys: object[] = [rsa.jwk]
    issuer.grantscope.listening({
      issuer: ISSUER,
      control: null,
      warnings: [],
      fetch: async () => Response.json({ keys }),
    })
    const { code } = answerOf(await openBrowser(issuer).logIn('alice', { scope: 'openid' }))
    const refused = await issuer.token(codeFields(code!))
    expect([refused.status, refused.body.error, refused.body.error_description]).toEqual([
      400,
      'invalid_request',
      'There is no key of the client to encrypt the ID token with',
    ])
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'encryption.client-key',
      observed: "none of the client's 1 public keys is for ECDH-ES",
    })
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
    keys = [rsa.jwk, ec.jwk]
    issuer.clock.advance(5)
    const { body } = await issuer.token(codeFields(code!))
    expect(decodeJwt((await ec.open(String(body.id_token))).text).sub).toBe('alice')
  })

  test('is not needed where there is none: a client without its key still gets tokens of its own', async () => {
    const issuer = await open({ idTokenEncryptedResponseAlg: 'ECDH-ES' })
    const gone = { jwks: null, jwksUri: 'https://app.test/jwks' }
    await issuer.call('clients.update', { id: 'demo-service', changes: gone })
    const credentials = basic('demo-service', 'demo-service-secret')
    expect((await issuer.token({ grant_type: 'client_credentials' }, credentials)).status).toBe(200)
  })
})

describe('an encrypted ID token as id_token_hint', () => {
  const endSession = (issuer: Issuer, hint: string) =>
    issuer.get(`/end_session?${new URLSearchParams({ id_token_hint: hint })}`)

  test('is refused as it came, with what to do; decrypted it is taken', async () => {
    const issuer = await open({ idTokenEncryptedResponseAlg: 'RSA-OAEP' })
    const jwe = String((await logIn(issuer)).body.id_token)
    expect((await endSession(issuer, jwe)).status).toBe(400)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'end-session.hint',
      observed: 'an encrypted token (JWE), and not encrypted for this issuer',
      hint: expect.stringContaining('Decrypt it first'),
    })
    await openBrowser(issuer).authorize({ id_token_hint: jwe })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'authorize.id-token-hint',
      hint: expect.stringContaining('Decrypt it first'),
    })
    expect((await endSession(issuer, (await rsa.open(jwe)).text)).status).toBe(200)
  })

  test('is taken when it was encrypted again for the issuer (OpenID Connect Core 1.0 3.1.2.1)', async () => {
    const issuer = await open({ idTokenEncryptedResponseAlg: 'RSA-OAEP' })
    const { text } = await rsa.open(String((await logIn(issuer)).body.id_token))
    const key = await encryptionKeyOf(issuer)
    const header = { alg: 'ECDH-ES+A128KW', enc: 'A128GCM', kid: key.kid }
    expect((await endSession(issuer, await encryptText(text, key, header))).status).toBe(200)
    for (const broken of [
      { ...header, enc: 'A192GCM' },
      { ...header, kid: 'another' },
    ])
      expect((await endSession(issuer, await encryptText(text, key, broken))).status).toBe(400)
  })
})

describe('userinfo', () => {
  test('is signed and encrypted, or encrypted alone (OpenID Connect Core 1.0 5.3.2)', async () => {
    const issuer = await open({
      userinfoSignedResponseAlg: 'EdDSA',
      userinfoEncryptedResponseAlg: 'ECDH-ES+A256KW',
      userinfoEncryptedResponseEnc: 'A256GCM',
    })
    const { access_token } = (await logIn(issuer)).body
    const ask = () => issuer.get('/userinfo', bearer(String(access_token)))
    const both = await ask()
    expect(both.headers.get('content-type')).toBe('application/jwt')
    const { header, text } = await ec.open(both.text)
    expect(header).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', cty: 'JWT', kid: 'e1' })
    expect(await verified(issuer, text)).toMatchObject({ sub: 'alice', email: 'alice@example.test' })

    await issuer.call('clients.update', { id: 'demo-spa', changes: { userinfoSignedResponseAlg: null } })
    const alone = await ec.open((await ask()).text)
    expect(alone.header).not.toHaveProperty('cty')
    expect(JSON.parse(alone.text)).toMatchObject({ sub: 'alice', iss: ISSUER, aud: 'demo-spa' })

    await issuer.call('clients.update', {
      id: 'demo-spa',
      changes: { jwks: null, jwksUri: 'http://127.0.0.1:9/' },
    })
    const refused = await ask()
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_request'])
    expect((await issuer.failedCheck()).check).toBe('encryption.client-key')
  })
})

describe('an authorization response', () => {
  const responseIn = (location: string | null) => new URL(location!).searchParams.get('response')!

  test('is signed and encrypted, an error as well', async () => {
    const issuer = await open({ authorizationEncryptedResponseAlg: 'RSA-OAEP-256' })
    const browser = openBrowser(issuer)
    const answer = await browser.logIn('alice', { response_mode: 'jwt' })
    const { header, text } = await rsa.open(responseIn(answer.headers.get('location')))
    expect(header).toMatchObject({ alg: 'RSA-OAEP-256', enc: 'A128CBC-HS256', cty: 'JWT' })
    const { code } = await verified(issuer, text)
    expect((await issuer.token(codeFields(String(code)))).status).toBe(200)
    const error = await openBrowser(issuer).authorize({ response_mode: 'jwt', prompt: 'none' })
    const opened = await rsa.open(responseIn(error.headers.get('location')))
    expect(await verified(issuer, opened.text)).toMatchObject({ error: 'login_required' })
  })

  test('is in the clear in other modes, and a page when the key is gone', async () => {
    const issuer = await open({ authorizationEncryptedResponseAlg: 'RSA-OAEP-256' })
    const browser = openBrowser(issuer)
    expect(answerOf(await browser.logIn())).toHaveProperty('code')
    const changes = { jwks: null, jwksUri: 'http://127.0.0.1:9/' }
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    const page = await browser.authorize({ response_mode: 'jwt' })
    expect([page.status, page.headers.get('location')]).toEqual([400, null])
    expect((await issuer.failedCheck()).check).toBe('encryption.client-key')
  })
})

describe('introspection', () => {
  test('is signed and encrypted for a caller that asks for a JWT (RFC 9701)', async () => {
    const issuer = await open({ introspectionEncryptedResponseAlg: 'ECDH-ES' })
    const { access_token: token } = await issuer.login('alice', { scope: 'read' })
    const ask = (accept: string) =>
      issuer.postForm('/introspect', { token }, { ...basic('demo-service', 'demo-service-secret'), accept })
    const { headers, text } = await ask('application/token-introspection+jwt')
    expect(headers.get('content-type')).toBe('application/token-introspection+jwt')
    const opened = await ec.open(text)
    expect(opened.header).toMatchObject({ alg: 'ECDH-ES', cty: 'JWT' })
    const plain = await ask('application/json')
    expect(await verified(issuer, opened.text, 'demo-service')).toMatchObject({
      token_introspection: plain.body,
    })
  })
})

describe('settings that do not fit together', () => {
  test('are named', async () => {
    const issuer = await openIssuer()
    const update = async (id: string, changes: object) => {
      const envelope = await issuer.grantscope.dispatch('clients.update', { id, changes })
      return envelope.ok ? [] : (envelope.error.issues ?? []).map(({ path, message }) => `${path} ${message}`)
    }
    expect(await update('demo-spa', { idTokenEncryptedResponseAlg: 'RSA-OAEP' })).toEqual([
      'changes.idTokenEncryptedResponseAlg is RSA-OAEP, and none of the client\'s public keys is for that: register one with use "enc"',
    ])
    expect(await update('demo-spa', { userinfoEncryptedResponseAlg: 'dir' })).toEqual([
      'changes.userinfoEncryptedResponseAlg is dir, which takes a client secret',
    ])
    expect(await update('demo-web', { authorizationEncryptedResponseEnc: 'A128GCM' })).toEqual([
      'changes.authorizationEncryptedResponseEnc says how the content is encrypted, and authorization_encrypted_response_alg not how its key is',
    ])
    // A key that signs is none to encrypt with.
    const jwks = { keys: [{ ...rsa.jwk, use: 'sig' }] }
    expect(await update('demo-spa', { jwks, idTokenEncryptedResponseAlg: 'RSA-OAEP' })).toHaveLength(1)
    expect(await update('demo-web', { requestObjectEncryptionAlg: 'ECDH-ES' })).toEqual([])
  })

  test('a key of no use in particular does, but one for encryption comes first', async () => {
    const issuer = await openIssuer()
    const { use: _, ...both } = ec.jwk
    const jwks = { keys: [{ ...both, kid: 'both' }] }
    const changes = { jwks, idTokenEncryptedResponseAlg: 'ECDH-ES' } as const
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    expect((await ec.open(String((await logIn(issuer)).body.id_token))).header.kid).toBe('both')
    const two = { jwks: { keys: [...jwks.keys, ec.jwk] } }
    await issuer.call('clients.update', { id: 'demo-spa', changes: two })
    expect((await ec.open(String((await logIn(issuer)).body.id_token))).header.kid).toBe('e1')
  })

  test('what was set survives export and import, and a preview still shows the claims', async () => {
    const issuer = await open({
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      requestUris: ['https://app.test/r.jwt'],
    })
    const file = await issuer.call('workspace.export', { secrets: false })
    await issuer.call('workspace.import', { file })
    expect(await issuer.call('clients.get', { id: 'demo-spa' })).toMatchObject({
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      idTokenEncryptedResponseEnc: null,
      requestUris: ['https://app.test/r.jwt'],
    })
    const preview = await issuer.call('tokens.preview', {
      clientId: 'demo-spa',
      userId: 'alice',
      scopes: ['openid'],
    })
    expect(preview.idToken!.claims.find(({ name }) => name === 'sub')!.value).toBe('alice')
    expect(preview.warnings).toContain(
      'The ID token is encrypted for the client (ECDH-ES), which sees this inside.',
    )
  })

  test('tokens.issue says why it cannot', async () => {
    const issuer = await open({
      idTokenEncryptedResponseAlg: 'ECDH-ES',
      jwks: null,
      jwksUri: 'http://127.0.0.1:9/',
    })
    issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [] })
    const input = { clientId: 'demo-spa', userId: 'alice', scopes: ['openid'] }
    expect(await issuer.grantscope.dispatch('tokens.issue', input)).toMatchObject({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('There is no key of the client') },
    })
  })
})
