import { describe, expect, test } from 'vitest'
import { asClient, claimsOf, makeKey, registerSigner } from '../support/assertions.ts'
import { REQUEST } from '../support/browser.ts'
import { type Fields, ISSUER, openIssuer } from '../support/issuer.ts'

// What a client signs and pushes (RFC 9126 2, 3).

test('a client assertion may be for the issuer, its token endpoint or this endpoint', async () => {
  const issuer = await openIssuer()
  const key = await makeKey()
  await registerSigner(issuer, key, { grantTypes: ['authorization_code'], redirectUris: ['loopback'] })
  const push = async (aud: string) => {
    const assertion = asClient(await key.sign(claimsOf('signer', { aud })))
    return (await issuer.postForm('/par', { ...REQUEST, client_id: 'signer', ...assertion })).status
  }
  for (const path of ['', '/token', '/par']) expect(await push(ISSUER + path), path).toBe(201)
  expect(await push(`${ISSUER}/revoke`)).toBe(401)
})

describe('a pushed request object', () => {
  async function open(changes: object = {}) {
    const issuer = await openIssuer()
    const key = await makeKey()
    await issuer.call('clients.update', {
      id: 'demo-spa',
      changes: { jwks: { keys: [key.jwk] }, ...changes },
    })
    const push = (fields: Fields) => issuer.postForm('/par', fields)
    const signed = async (claims: object) => {
      const { sub: _, ...jwt } = claimsOf('demo-spa')
      return key.sign({ ...jwt, ...REQUEST, ...claims }, { typ: 'oauth-authz-req+jwt' })
    }
    return { issuer, push, signed }
  }

  test('is all that counts of a client that has to sign', async () => {
    const { issuer, push, signed } = await open({ requireSignedRequestObject: true })
    const { status, body } = await push(REQUEST)
    expect([status, body.error]).toEqual([400, 'invalid_request'])
    expect((await issuer.failedCheck()).check).toBe('request-object.required')
    expect((await push({ client_id: 'demo-spa', request: await signed({}) })).status).toBe(201)
  })

  test.each([{ client_id: 'demo-web' }, { iss: 'demo-web' }])(
    'of another client is refused: %o',
    async (claims) => {
      const { push, signed } = await open()
      const { status, body } = await push({ client_id: 'demo-spa', request: await signed(claims) })
      expect([status, body.error]).toEqual([400, 'invalid_request_object'])
    },
  )
})
