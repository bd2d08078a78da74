import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer, type TokenAnswer } from '../support/issuer.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const asWeb = basic('demo-web', 'demo-web-secret')
const invalidRequest = (description: string) => ({ status: 400, error: 'invalid_request', description })

let issuer: Issuer
let alice: TokenAnswer

beforeEach(async () => {
  issuer = await openIssuer()
  alice = await issuer.login('alice', { scope: 'openid read write' })
})

const exchange = (fields: Fields = {}, headers = asWeb) =>
  issuer.token(
    {
      grant_type: TOKEN_EXCHANGE,
      subject_token: alice.access_token,
      subject_token_type: ACCESS_TOKEN,
      ...fields,
    },
    headers,
  )
const isActive = async (token: unknown) =>
  (await issuer.postForm('/introspect', { token: String(token) }, asWeb)).body.active

describe('a token exchange is refused', () => {
  const rows: [string, Fields, string, string][] = [
    [
      'no subject_token',
      { subject_token: '' },
      'Parameter subject_token is missing',
      'exchange.subject-token-present',
    ],
    [
      'no subject_token_type',
      { subject_token_type: '' },
      'Parameter subject_token_type is missing',
      'exchange.subject-token-present',
    ],
    [
      'a type that is not taken',
      { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' },
      'Unsupported subject_token_type',
      'exchange.subject-token-type',
    ],
    [
      'an actor_token without type',
      { actor_token: 'x' },
      'Parameter actor_token_type is missing',
      'exchange.actor-token-pair',
    ],
    [
      'an actor_token_type without token',
      { actor_token_type: JWT },
      'Parameter actor_token is missing',
      'exchange.actor-token-pair',
    ],
    [
      'an actor_token_type that is not taken',
      { actor_token: 'x', actor_token_type: 'x' },
      'Unsupported actor_token_type',
      'exchange.actor-token-type',
    ],
    [
      'a refresh token asked for',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
      'Unsupported requested_token_type',
      'exchange.requested-token-type',
    ],
    [
      'no token of ours',
      { subject_token: 'x' },
      'The subject_token is not an access token of this issuer',
      'exchange.token-of-issuer',
    ],
    [
      'an actor_token that is none of ours',
      { actor_token: 'x', actor_token_type: JWT },
      'The actor_token is not an access token of this issuer',
      'exchange.token-of-issuer',
    ],
  ]
  test.each(rows)('%s', async (_what, fields, description, check) => {
    expectRefusal(await exchange(fields), invalidRequest(description))
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test('pitfall: a refresh token in the place of an access token', async () => {
    expectRefusal(
      await exchange({ subject_token: alice.refresh_token! }),
      invalidRequest('The subject_token is not an access token of this issuer'),
    )
  })

  test('pitfall: a token that waits for the second factor', async () => {
    const carol = await issuer.login('carol')
    expectRefusal(
      await exchange({ subject_token: carol.access_token }),
      invalidRequest('The subject_token is not an access token of this issuer'),
    )
    expect((await issuer.failedCheck()).observed).toBe('subject_token: a pending token')
  })

  test('pitfall: a changed token', async () => {
    const [header, , signature] = alice.access_token.split('.')
    const claims = { ...decodeJwt(alice.access_token), sub: 'dave' }
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
    expect((await exchange({ subject_token: forged })).body.error).toBe('invalid_request')
    expect((await issuer.failedCheck()).check).toBe('exchange.token-of-issuer')
  })

  test('a revoked token, an expired token, the token of an inactive user', async () => {
    const gone = invalidRequest('The subject_token has expired or was revoked')
    const jti = String(decodeJwt(alice.access_token).jti)
    await issuer.call('tokens.revoke', { jtis: [jti] })
    expectRefusal(await exchange(), gone)
    await issuer.call('tokens.restore', { jtis: [jti] })
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await exchange(), invalidRequest('Inactive user'))
    await issuer.call('users.update', { id: 'alice', changes: { active: true } })
    issuer.clock.advance(900)
    expectRefusal(await exchange(), gone)
    expect((await issuer.failedCheck()).check).toBe('exchange.token-live')
  })

  test('an actor token that was revoked', async () => {
    const dave = await issuer.login('dave')
    const asActor = { actor_token: dave.access_token, actor_token_type: ACCESS_TOKEN }
    expect((await exchange(asActor)).status).toBe(200)
    await issuer.postForm('/revoke', { token: dave.access_token, client_id: 'demo-spa' })
    expectRefusal(await exchange(asActor), invalidRequest('The actor_token has expired or was revoked'))
  })

  test('a client that is not registered for it', async () => {
    const answer = await exchange({}, basic('demo-service', 'demo-service-secret'))
    expect(answer.body.error).toBe('unauthorized_client')
  })

  test('a public client, when strict; otherwise it is a warning (RFC 8693 5)', async () => {
    await issuer.call('clients.create', { id: 'spa', grantTypes: [TOKEN_EXCHANGE] })
    expect((await exchange({ client_id: 'spa' }, {})).status).toBe(200)
    const warned = (await issuer.lastExchange()).verdicts.filter(({ outcome }) => outcome === 'warned')
    expect(warned.map(({ check }) => check)).toEqual(['exchange.client-confidential'])
    await issuer.call('clients.update', { id: 'spa', changes: { profile: 'strict' } })
    expectRefusal(await exchange({ client_id: 'spa' }, {}), {
      status: 400,
      error: 'unauthorized_client',
      description: 'A public client may not exchange tokens',
    })
  })
})

describe('what becomes of an exchanged token', () => {
  test('it ends no later than its subject', async () => {
    issuer.clock.advance(840)
    expect((await exchange()).body.expires_in).toBe(60)
  })

  test('it belongs to a grant of its own, whose parent is the subject token', async () => {
    const { body } = await exchange()
    const row = await issuer.call('tokens.get', { jti: String(decodeJwt(String(body.access_token)).jti) })
    const subject = await issuer.call('tokens.get', { jti: String(decodeJwt(alice.access_token).jti) })
    expect(row.grantId).not.toBe(subject.grantId)
    expect(row.parentJti).toBe(subject.jti)
    expect(row.family).toHaveLength(1)
  })

  test('login, exchange and use are one trace', async () => {
    const { body } = await exchange()
    await issuer.get('/me', bearer(String(body.access_token)))
    const traces = await issuer.call('traces.list', {})
    expect(traces.map(({ exchangeCount }) => exchangeCount)).toEqual([3])
  })

  test('pitfall: revoking the family of its subject revokes it, however far down', async () => {
    const first = await exchange()
    const second = await exchange({ subject_token: String(first.body.access_token) })
    expect(await isActive(second.body.access_token)).toBe(true)
    await issuer.postForm('/revoke', { token: alice.refresh_token!, client_id: 'demo-spa' })
    expect(await isActive(first.body.access_token)).toBe(false)
    expect(await isActive(second.body.access_token)).toBe(false)
    expectInvalidToken(await issuer.get('/me', bearer(String(second.body.access_token))), 'Token revoked')
  })

  test('revoking it leaves its subject; revoking the subject token alone leaves it (RFC 7009 2.1)', async () => {
    const first = await exchange()
    await issuer.postForm('/revoke', { token: String(first.body.access_token) }, asWeb)
    expect(await isActive(alice.access_token)).toBe(true)
    const second = await exchange()
    await issuer.postForm('/revoke', { token: alice.access_token, client_id: 'demo-spa' })
    expect(await isActive(second.body.access_token)).toBe(true)
  })

  test('undoing the revocation of a family brings it back', async () => {
    const { body } = await exchange()
    const { grantId } = await issuer.call('tokens.get', { jti: String(decodeJwt(alice.access_token).jti) })
    const { jtis } = await issuer.call('tokens.revokeFamily', { grantId })
    expect(jtis).toHaveLength(3)
    await issuer.call('tokens.restore', { jtis })
    expect(await isActive(body.access_token)).toBe(true)
  })

  test('a family that is revoked during the exchange gives nothing more', async () => {
    const exchanges = Array.from({ length: 5 }, () => exchange())
    const revoking = issuer.postForm('/revoke', { token: alice.refresh_token!, client_id: 'demo-spa' })
    const answers = await Promise.all(exchanges)
    await revoking
    for (const { status, body } of answers) {
      if (status === 200) expect(await isActive(body.access_token)).toBe(false)
      else expect(body.error).toBe('invalid_request')
    }
  })
})
