import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, CALLBACK, CHALLENGE, codeFields, openBrowser, VERIFIER } from '../support/browser.ts'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'

const invalidGrant = (description: string) => ({ status: 400, error: 'invalid_grant', description })

/** A code for alice, and the issuer it is of. */
async function withCode(parameters: Fields = {}, options: Parameters<typeof openIssuer>[0] = {}) {
  const issuer = await openIssuer(options)
  const { code } = answerOf(await openBrowser(issuer).logIn('alice', parameters))
  return { issuer, code: code! }
}

const tokensOf = async (issuer: Issuer) => (await issuer.call('tokens.list', {})).total

describe('grant_type=authorization_code', () => {
  test('gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B', async () => {
    const { issuer, code } = await withCode({ scope: 'openid read' })
    const { status, headers, body } = await issuer.token(codeFields(code))
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      scope: 'openid read',
      id_token: expect.any(String),
    })
    expect(decodeJwt(String(body.access_token))).toMatchObject({
      sub: 'alice',
      client_id: 'demo-spa',
      scope: 'openid read',
      auth_time: START / 1000,
      amr: ['pwd'],
    })
    expect((await issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
    const matched = (await issuer.call('exchanges.list', {})).rows.find(
      ({ endpoint }) => endpoint === 'token',
    )!
    const { verdicts } = await issuer.call('exchanges.get', { id: matched.id })
    expect(verdicts.find(({ check }) => check === 'code.verifier-matches')).toMatchObject({
      outcome: 'passed',
      observed: `BASE64URL(SHA256(code_verifier)) is ${CHALLENGE}`,
    })
  })

  test('its refresh token goes on with the login', async () => {
    const { issuer, code } = await withCode()
    const { refresh_token } = (await issuer.token(codeFields(code))).body
    issuer.clock.advance(60)
    const { body } = await issuer.token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) })
    expect(decodeJwt(String(body.id_token))).toMatchObject({ sub: 'alice', auth_time: START / 1000 })
    expect(decodeJwt(String(body.id_token))).not.toHaveProperty('nonce')
  })

  test('a confidential client proves itself with its secret', async () => {
    const { issuer, code } = await withCode({ client_id: 'demo-web' })
    const { client_id: _public, ...fields } = codeFields(code)
    expect((await issuer.token(fields, basic('demo-web', 'wrong'))).status).toBe(401)
    expect((await issuer.token(fields, basic('demo-web', 'demo-web-secret'))).status).toBe(200)
  })

  test('plain PKCE compares the texts themselves', async () => {
    const { issuer, code } = await withCode({ code_challenge: VERIFIER, code_challenge_method: 'plain' })
    expect((await issuer.token(codeFields(code))).status).toBe(200)
  })

  test('without PKCE no verifier is wanted, but the redirect_uri is', async () => {
    const none = { code_challenge: '', code_challenge_method: '' }
    const { issuer, code } = await withCode(none)
    const { code_verifier: _none, redirect_uri, ...fields } = codeFields(code)
    expectRefusal(
      await issuer.token(fields),
      invalidGrant('redirect_uri differs from that of the authorization request'),
    )
    expect((await issuer.token({ ...fields, redirect_uri: redirect_uri! })).status).toBe(200)
  })

  test('with PKCE the redirect_uri may be left out (OAuth 2.1 4.1.3)', async () => {
    const { issuer, code } = await withCode()
    expect((await issuer.token(codeFields(code, { redirect_uri: '' }))).status).toBe(200)
  })
})

describe('grant_type=authorization_code is refused, and nothing is issued', () => {
  const refused: [string, Fields, string, string][] = [
    ['no code', { code: '' }, 'code.present', 'Parameter code is missing'],
    ['a made-up code', { code: 'SplxlOBeZQQYbYS6WxSbIA' }, 'code.known', 'Invalid authorization code'],
    [
      'another redirect_uri',
      { redirect_uri: `${CALLBACK}/` },
      'code.redirect-uri-same',
      'redirect_uri differs from that of the authorization request',
    ],
    [
      'pitfall: the verifier left out',
      { code_verifier: '' },
      'code.verifier-present',
      'Parameter code_verifier is missing',
    ],
    [
      'pitfall: a wrong verifier',
      { code_verifier: VERIFIER.replace('d', 'e') },
      'code.verifier-matches',
      'code_verifier does not match the code_challenge',
    ],
    [
      'the challenge as verifier',
      { code_verifier: CHALLENGE },
      'code.verifier-matches',
      'code_verifier does not match the code_challenge',
    ],
  ]
  test.each(refused)('%s', async (what, fields, check, description) => {
    const { issuer, code } = await withCode()
    const answer = await issuer.token(codeFields(code, fields))
    expectRefusal(answer, {
      ...invalidGrant(description),
      ...(what === 'no code' ? { error: 'invalid_request' } : {}),
    })
    expect((await issuer.failedCheck()).check).toBe(check)
    expect(await tokensOf(issuer)).toBe(0)
  })

  test('a wrong verifier: the finding has both hashes (RFC 7636 4.6), and the right one still works', async () => {
    const { issuer, code } = await withCode()
    await issuer.token(codeFields(code, { code_verifier: 'a'.repeat(43) }))
    expect(await issuer.failedCheck()).toMatchObject({
      spec: 'RFC 7636 4.6',
      observed: 'BASE64URL(SHA256(code_verifier)) is ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA',
      expected: CHALLENGE,
    })
    expect((await issuer.token(codeFields(code))).status).toBe(200)
  })

  test('the code of another client', async () => {
    const { issuer, code } = await withCode()
    const { client_id: _spa, ...fields } = codeFields(code)
    expectRefusal(
      await issuer.token(fields, basic('demo-web', 'demo-web-secret')),
      invalidGrant('The authorization code was issued to another client'),
    )
    expect((await issuer.token(codeFields(code))).status).toBe(200)
  })

  test('a code older than a minute', async () => {
    const { issuer, code } = await withCode()
    issuer.clock.advance(60)
    expectRefusal(await issuer.token(codeFields(code)), invalidGrant('The authorization code has expired'))
  })

  test('a verifier without a challenge: PKCE downgrade (RFC 9700 4.8.2)', async () => {
    const { issuer, code } = await withCode({ code_challenge: '', code_challenge_method: '' })
    expectRefusal(
      await issuer.token(codeFields(code)),
      invalidGrant('code_verifier was sent, but the authorization request had no code_challenge'),
    )
  })

  test('a user who was switched off meanwhile', async () => {
    const { issuer, code } = await withCode()
    await issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await issuer.token(codeFields(code)), invalidGrant('Inactive user'))
  })

  test('a client that lost the grant type', async () => {
    const { issuer, code } = await withCode()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { grantTypes: ['refresh_token'] } })
    expect((await issuer.token(codeFields(code))).body.error).toBe('unauthorized_client')
  })
})

describe('pitfall: a code is used once', () => {
  test('a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)', async () => {
    const { issuer, code } = await withCode()
    const { access_token, refresh_token } = (await issuer.token(codeFields(code))).body
    expectRefusal(
      await issuer.token(codeFields(code)),
      invalidGrant('The authorization code was used before'),
    )
    expect((await issuer.failedCheck()).check).toBe('code.unused')
    expectInvalidToken(await issuer.get('/me', bearer(String(access_token))), 'Token revoked')
    const refreshed = await issuer.token({
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
    })
    expectRefusal(refreshed, invalidGrant('Refresh token revoked'))
  })

  test('of twenty at once one wins, and what it got is revoked', async () => {
    const { issuer, code } = await withCode()
    const answers = await Promise.all(Array.from({ length: 20 }, () => issuer.token(codeFields(code))))
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_grant')
    expectInvalidToken(await issuer.get('/me', bearer(String(won[0]!.body.access_token))), 'Token revoked')
    expect(issuer.log).toEqual([])
  })

  test('a stranger who shows a used code revokes nothing', async () => {
    const { issuer, code } = await withCode()
    const { access_token } = (await issuer.token(codeFields(code))).body
    const { client_id: _spa, ...fields } = codeFields(code)
    await issuer.token(fields, basic('demo-web', 'demo-web-secret'))
    expect((await issuer.get('/me', bearer(String(access_token)))).status).toBe(200)
  })
})

describe('traces', () => {
  test('authorization, login, token, userinfo and refresh of one login are one trace; the next login is another', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    const { code } = answerOf(await browser.logIn())
    const tokens = (await issuer.token(codeFields(code!))).body
    await issuer.get('/userinfo', bearer(String(tokens.access_token)))
    await issuer.token({ grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) })
    const { rows } = await issuer.call('exchanges.list', {})
    expect(rows.map(({ endpoint }) => endpoint).reverse()).toEqual([
      'authorization',
      'interaction',
      'interaction',
      'interaction',
      'interaction',
      'token',
      'userinfo',
      'token',
    ])
    expect(new Set(rows.map(({ traceId }) => traceId)).size).toBe(1)

    await browser.authorize({ state: 'another', nonce: 'another' })
    expect((await issuer.lastExchange()).traceId).not.toBe(rows[0]!.traceId)
  })

  test('a request that is sent again with the same state, nonce and challenge joins its trace', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    await browser.authorize()
    const { traceId } = await issuer.lastExchange()
    await browser.authorize({ prompt: 'none' })
    expect((await issuer.lastExchange()).traceId).toBe(traceId)
    await browser.authorize({ code_challenge: 'Z'.repeat(43) })
    expect((await issuer.lastExchange()).traceId).not.toBe(traceId)
  })
})
