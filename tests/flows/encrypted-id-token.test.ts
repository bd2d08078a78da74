import { describe, expect, test } from 'vitest'
import { keyOfSecret } from '../../electron/server/tokens/jwe/secret-key.ts'
import { encryptText } from '../support/encryption.ts'
import { failedChecks, stepOf, troubles } from '../support/flows.ts'
import { identified, type Lies, loggedIn } from '../support/forger.ts'

// OpenID Connect Core 1.0 3.1.3.7 (1): what is in an encrypted ID token counts no less for being encrypted.

const secret = 'a secret of the client, long enough for any key'
const encrypted =
  (key = secret) =>
  (jwt: string) =>
    encryptText(jwt, keyOfSecret(key, 'dir', 'A128CBC-HS256'), {
      alg: 'dir',
      enc: 'A128CBC-HS256',
      cty: 'JWT',
    })

describe('an encrypted ID token', () => {
  test('of an honest issuer passes, with the user it names', async () => {
    const run = await identified({ idToken: encrypted() }, { secret })
    expect(troubles(run)).toEqual([])
    expect(run.state).toBe('done')
  })

  test.each<[string, Lies]>([
    ['client.id-token-signature-holds', { otherKey: true }],
    ['client.id-token-iss-is-expected', { claims: { iss: 'https://other.test' } }],
    ['client.id-token-aud-is-us', { claims: { aud: 'another' } }],
    ['client.id-token-nonce-is-ours', { claims: { nonce: 'another' } }],
    ['client.id-token-is-not-expired', { claims: { exp: 1 } }],
    ['client.id-token-at-hash-fits', { claims: { at_hash: 'another' } }],
  ])('is refused by %s', async (check, lies) => {
    const { run } = await loggedIn({ ...lies, idToken: encrypted() }, { secret })
    expect(failedChecks(run, 'token')).toEqual([check])
  })

  test('tells whom userinfo has to be about', async () => {
    const run = await identified({ idToken: encrypted(), userinfo: { sub: 'eve' } }, { secret })
    expect(failedChecks(run, 'userinfo')).toEqual(['client.userinfo-sub-is-id-token-sub'])
  })

  test('that holds no signed JWT is refused', async () => {
    const inside = (text: string) => async () => encrypted()(text)
    for (const text of ['no JWT', '{"sub":"ada"}', await encrypted()('x')]) {
      const { run } = await loggedIn({ idToken: inside(text) }, { secret })
      expect(failedChecks(run, 'token'), text).toEqual(['client.id-token-is-a-jwt'])
    }
  })

  test('that the key of the profile does not open is refused', async () => {
    const { run } = await loggedIn({ idToken: encrypted('another secret') }, { secret })
    expect(failedChecks(run, 'token')).toEqual(['client.id-token-can-be-decrypted'])
  })

  test('is left shut with a warning where the profile has no key for it', async () => {
    const { run } = await loggedIn({ idToken: encrypted() })
    expect(failedChecks(run, 'token')).toEqual([])
    const { checks } = stepOf(run, 'token').attempts[0]!
    expect(checks.filter(({ check }) => check.startsWith('client.id-token-'))).toMatchObject([
      { check: 'client.id-token-came', outcome: 'passed' },
      {
        check: 'client.id-token-can-be-decrypted',
        outcome: 'warned',
        observed: 'dir, and the profile has no key for that',
      },
    ])
  })
})
