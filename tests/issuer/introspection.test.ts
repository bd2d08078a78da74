import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidClient } from '../support/expect-refusal.ts'
import { basic, type Issuer, openIssuer, START } from '../support/issuer.ts'

const api = basic('demo-service', 'demo-service-secret')
const introspect = (issuer: Issuer, token: string, fields = {}) =>
  issuer.postForm('/introspect', { token, ...fields }, api)

describe('POST /introspect', () => {
  test('tells of an active access token what RFC 7662 2.2 names', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'read write' })
    const { status, headers, body } = await introspect(issuer, access_token)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      active: true,
      scope: 'read write',
      client_id: 'demo-spa',
      username: 'alice',
      token_type: 'Bearer',
      exp: START / 1000 + 900,
      iat: START / 1000,
      sub: 'alice',
      aud: 'http://127.0.0.1:4400',
      iss: 'http://127.0.0.1:4400',
      jti: expect.any(String),
    })
  })

  test('tells of an active refresh token, which has no token_type', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    const { body } = await introspect(issuer, refresh_token!)
    expect(body).toMatchObject({ active: true, sub: 'alice' })
    expect(body).not.toHaveProperty('token_type')
  })

  test('takes a wrong token_type_hint for what it is, a hint', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const { body } = await introspect(issuer, access_token, { token_type_hint: 'refresh_token' })
    expect(body.active).toBe(true)
  })

  test.each<[string, (issuer: Issuer) => Promise<string>]>([
    ['garbage', async () => 'garbage'],
    ["another issuer's token", async () => 'eyJhbGciOiJIUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiJhIn0.c2ln'],
    [
      'an expired token',
      async (issuer) => {
        const { access_token } = await issuer.login('alice')
        issuer.clock.advance(900)
        return access_token
      },
    ],
    [
      'a revoked token',
      async (issuer) => {
        const { access_token } = await issuer.login('alice')
        await issuer.postForm('/logout', {}, { authorization: `Bearer ${access_token}` })
        return access_token
      },
    ],
    [
      'a token its client revoked',
      async (issuer) => {
        const { access_token } = await issuer.login('alice')
        await issuer.postForm('/revoke', { token: access_token, client_id: 'demo-spa' })
        return access_token
      },
    ],
    [
      'a token with changed claims',
      async (issuer) => {
        const [header, payload, signature] = (await issuer.login('alice')).access_token.split('.')
        const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
        const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'admin' })).toString('base64url')
        return `${header}.${changed}.${signature}`
      },
    ],
    [
      'a used refresh token',
      async (issuer) => {
        const { refresh_token } = await issuer.login('alice')
        await issuer.postJson('/refresh', { refresh_token })
        return refresh_token!
      },
    ],
    ['a pending token', async (issuer) => (await issuer.login('carol')).access_token],
    [
      'the token of a user who was switched off',
      async (issuer) => {
        const { access_token } = await issuer.login('alice')
        await issuer.call('users.update', { id: 'alice', changes: { active: false } })
        return access_token
      },
    ],
  ])('says {"active":false} and nothing else of %s', async (_, make) => {
    const issuer = await openIssuer()
    const { status, body } = await introspect(issuer, await make(issuer))
    expect(status).toBe(200)
    expect(body).toEqual({ active: false })
  })

  test('an alg nested deeper than a stack, with a kid of ours, is one more token that is not active', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const deep = `${'['.repeat(40_000)}1${']'.repeat(40_000)}`
    const header = `{"alg":${deep},"kid":"${decodeProtectedHeader(access_token).kid}"}`
    const [, payload, signature] = access_token.split('.')
    const { status, body } = await introspect(
      issuer,
      `${Buffer.from(header).toString('base64url')}.${payload}.${signature}`,
    )
    expect(issuer.log).toEqual([])
    expect([status, body]).toEqual([200, { active: false }])
  })

  test('refuses a client that proves nothing', async () => {
    const issuer = await openIssuer()
    const { status, headers, body } = await issuer.postForm('/introspect', {
      token: 'x',
      client_id: 'demo-spa',
    })
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Basic realm="token", charset="UTF-8"')
    expect(body.error).toBe('invalid_client')
    expect(await issuer.failedCheck()).toMatchObject({ check: 'introspection.caller-authenticated' })
  })

  test('refuses a wrong secret as the token endpoint does', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const answer = await issuer.postForm(
      '/introspect',
      { token: access_token },
      basic('demo-service', 'wrong'),
    )
    expectInvalidClient(answer, 'Client authentication failed')
  })

  test('wants a token', async () => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.postForm('/introspect', {}, api)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_request', error_description: 'Parameter token is missing' })
  })
})

describe('a client that is the API of an address', () => {
  const ours = 'https://api.example.com/'
  const tokenFor = async (issuer: Issuer, resource?: string) => {
    const { access_token } = await issuer.login('alice', { scope: 'read', ...(resource ? { resource } : {}) })
    return access_token
  }

  test('a client that is the API of an address is told of tokens for it and of its own alone', async () => {
    const issuer = await openIssuer()
    const [forOurs, forOther] = [
      await tokenFor(issuer, ours),
      await tokenFor(issuer, 'https://other.example/'),
    ]
    expect((await introspect(issuer, forOther)).body.active).toBe(true)
    await issuer.call('clients.update', { id: 'demo-service', changes: { introspects: [ours] } })
    expect((await introspect(issuer, forOurs)).body).toMatchObject({ active: true, aud: ours })
    expect((await introspect(issuer, forOther)).body).toEqual({ active: false })
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'introspection.caller-is-audience')).toMatchObject({
      outcome: 'warned',
      observed: 'a token for https://other.example/',
      expected: `one for ${ours}, which demo-service is the API of`,
    })
    const own = await issuer.token({ grant_type: 'client_credentials' }, api)
    expect((await introspect(issuer, String(own.body.access_token))).body.active).toBe(true)
  })

  test('learns no more from a signed answer', async () => {
    const issuer = await openIssuer()
    const token = await tokenFor(issuer, 'https://other.example/')
    await issuer.call('clients.update', { id: 'demo-service', changes: { introspects: [ours] } })
    const accept = { accept: 'application/token-introspection+jwt' }
    const { text } = await issuer.postForm('/introspect', { token }, { ...api, ...accept })
    expect(decodeJwt(text).token_introspection).toEqual({ active: false })
  })
})
