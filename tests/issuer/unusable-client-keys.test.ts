import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { type OpeningKey, openingKey } from '../support/encryption.ts'
import { ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

let rsa: OpeningKey
let ec: OpeningKey
beforeAll(async () => {
  rsa = await openingKey('RSA', 'r1')
  ec = await openingKey('EC', 'e1')
})

async function logIn(issuer: Issuer) {
  const { code } = answerOf(await openBrowser(issuer).logIn('alice', { scope: 'openid email' }))
  return issuer.token(codeFields(code!))
}

// RFC 7518 4.3, 6.2.1, RFC 7517 4.3
describe('a key behind jwks_uri that nothing can be encrypted with', () => {
  const rsaOf = (modulusLength: number) =>
    generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
  const keyless = "none of the client's 0 public keys is for "
  const rows: [string, string, () => object, string][] = [
    [
      'RSA of 1024 bits',
      'RSA-OAEP',
      () => ({ ...rsaOf(1024), kid: 'short' }),
      `${keyless}RSA-OAEP; key "short" is an RSA key of 1024 bits; it must have 2048 at least (RFC 7518 3.3, 4.3)`,
    ],
    [
      'a modulus of one byte',
      'RSA-OAEP-256',
      () => ({ ...rsa.jwk, n: 'AQ' }),
      `${keyless}RSA-OAEP-256; key "r1" is an RSA key of 1 bits; it must have 2048 at least (RFC 7518 3.3, 4.3)`,
    ],
    [
      'the exponent 1',
      'RSA-OAEP',
      () => ({ ...rsa.jwk, kid: undefined, e: 'AQ' }),
      `${keyless}RSA-OAEP; a RSA key without kid is an RSA key with the exponent 1; it must be odd, and 3 at least (RFC 8017 3.1)`,
    ],
    ...['ECDH-ES', 'ECDH-ES+A128KW'].map((alg): [string, string, () => object, string] => [
      'a point off the curve',
      alg,
      () => ({ ...ec.jwk, y: ec.jwk.x }),
      `${keyless}${alg}; key "e1" is no key: its members do not make a point or modulus`,
    ]),
    [
      'key_ops of a signature',
      'RSA-OAEP',
      () => ({ ...rsa.jwk, use: undefined, key_ops: ['verify'] }),
      "none of the client's 1 public keys is for RSA-OAEP",
    ],
    [
      'key_ops that are no list',
      'ECDH-ES',
      () => ({ ...ec.jwk, key_ops: 'deriveKey' }),
      "none of the client's 1 public keys is for ECDH-ES",
    ],
  ]
  const behind = async (alg: string, key: () => object, ...others: object[]) => {
    const issuer = await openIssuer()
    const settings = { idTokenEncryptedResponseAlg: alg, authorizationEncryptedResponseAlg: alg }
    const changes = { jwksUri: 'https://app.test/jwks', ...settings } as object
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    const fetch = async () => Response.json({ keys: [key(), ...others] })
    issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch })
    return issuer
  }

  test.each(rows)(
    '%s, for %s: is refused at the token endpoint, and named',
    async (_what, alg, key, observed) => {
      const issuer = await behind(alg, key)
      const { status, body } = await logIn(issuer)
      expect([status, body.error]).toEqual([400, 'invalid_request'])
      expect(await issuer.failedCheck()).toMatchObject({ check: 'encryption.client-key', observed })
      expect(issuer.log).toEqual([])
    },
  )

  test.each(rows)(
    '%s, for %s: is refused at the authorization endpoint',
    async (_what, alg, key, observed) => {
      const issuer = await behind(alg, key)
      const browser = openBrowser(issuer)
      await browser.logIn()
      const page = await browser.authorize({ response_mode: 'query.jwt' })
      expect([page.status, page.headers.get('location')]).toEqual([400, null])
      expect(await issuer.failedCheck()).toMatchObject({ check: 'encryption.client-key', observed })
    },
  )

  test('is passed over for one that can be', async () => {
    const issuer = await behind('RSA-OAEP', () => ({ ...rsaOf(1024), use: 'enc' }), rsa.jwk)
    const { text } = await rsa.open(String((await logIn(issuer)).body.id_token))
    expect(decodeJwt(text).sub).toBe('alice')
  })

  test.each([[[]], [['deriveKey']]])('key_ops %j are no hindrance to an agreement', async (operations) => {
    const issuer = await behind('ECDH-ES', () => ({ ...ec.jwk, use: undefined, key_ops: operations }))
    expect((await logIn(issuer)).status).toBe(200)
  })
})
