import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import type { TokenPreview } from '../../shared/contract/operations/tokens.ts'
import { bearer, ISSUER, type Issuer, type Json, openIssuer } from '../support/issuer.ts'
import { logInByCode } from '../support/login.ts'

const userinfo = async (issuer: Issuer, accessToken: string) =>
  (await issuer.get('/userinfo', bearer(accessToken))).body

/** Each layer names `a` and all that come after it. */
async function layered(): Promise<Issuer> {
  const issuer = await openIssuer({
    // Without sockets, its own operations have no other way to know its URL.
    issuer: ISSUER,
    workspace: { settings: { claims: { a: 'issuer', b: 'issuer', c: 'issuer', d: 'issuer' } } },
  })
  await issuer.call('clients.update', {
    id: 'demo-spa',
    changes: { claims: { b: 'client', c: 'client', d: null, iss: 'forged' } },
  })
  await issuer.call('users.update', { id: 'alice', changes: { claims: { c: 'user', e: 'user' } } })
  return issuer
}

describe('the claims of issuer, client and user', () => {
  test('lie over each other in access token, ID token and userinfo alike; null deletes', async () => {
    const issuer = await layered()
    const { accessToken, idToken } = await logInByCode(issuer)
    const laid = { a: 'issuer', b: 'client', c: 'user' }
    for (const claims of [decodeJwt(accessToken), idToken, await userinfo(issuer, accessToken)]) {
      expect(claims).toMatchObject(laid)
      expect(claims).not.toHaveProperty('d')
    }
    expect(decodeJwt(accessToken).iss).toBe('http://127.0.0.1:4400')
    // What only the user has is userinfo's to tell.
    expect(idToken).not.toHaveProperty('e')
    expect(await userinfo(issuer, accessToken)).toEqual({ sub: 'alice', ...laid, e: 'user' })
  })

  test('an issuer of its own has claims of its own', async () => {
    const issuer = await layered()
    await issuer.call('issuers.create', { name: 'other', settings: { claims: { z: 1 } } })
    const login = { grant_type: 'password', username: 'dave', password: 'davinci' }
    const { body } = await issuer.postForm('/other/token', { ...login, client_id: 'demo-device' })
    expect(body.error).toBe('unauthorized_client')
    const own = await issuer.postForm('/other/token', { ...login, client_id: 'demo-spa' })
    expect(decodeJwt(String(own.body.access_token))).toMatchObject({ z: 1, b: 'client' })
    expect(decodeJwt(String(own.body.access_token))).not.toHaveProperty('a')
  })

  test('tokens.issue lays claims of its own over them all, and keeps them through a refresh', async () => {
    const issuer = await layered()
    const input = { clientId: 'demo-spa', userId: 'alice', scopes: ['openid'] }
    const issued = await issuer.call('tokens.issue', { ...input, claims: { a: null, c: 'request' } })
    const expected = { b: 'client', c: 'request' }
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'demo-spa',
      refresh_token: issued.refresh_token!,
    }
    const { body } = await issuer.token(refresh)
    for (const token of [issued.access_token, issued.id_token, body.access_token, body.id_token]) {
      expect(decodeJwt(String(token))).toMatchObject(expected)
      expect(decodeJwt(String(token))).not.toHaveProperty('a')
    }
    expect(await userinfo(issuer, String(body.access_token))).toMatchObject(expected)
  })

  test('are told in full in the ID token when issuer or client are set so', async () => {
    const issuer = await openIssuer({ workspace: { settings: { idTokenClaims: 'all' } } })
    const scope = { scope: 'openid email' }
    const email = { email: 'alice@example.test', email_verified: true }
    const { idToken, accessToken } = await logInByCode(issuer, scope)
    expect(idToken).toMatchObject(email)
    expect(idToken).not.toHaveProperty('name')
    expect(await userinfo(issuer, accessToken)).toEqual({ sub: 'alice', ...email })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { idTokenClaims: 'minimal' } })
    expect((await logInByCode(issuer, scope)).idToken).not.toHaveProperty('email')
  })
})

describe('what a scope stands for', () => {
  test('can be changed: userinfo and discovery follow at once', async () => {
    const issuer = await openIssuer()
    await issuer.call('users.update', { id: 'alice', changes: { claims: { team: 'blue', locale: 'en-GB' } } })
    const { accessToken } = await logInByCode(issuer, { scope: 'openid read' })
    expect(await userinfo(issuer, accessToken)).toEqual({ sub: 'alice', team: 'blue' })
    await issuer.call('scopes.create', { name: 'team', description: 'Your team', claims: ['team'] })
    await issuer.call('scopes.update', { name: 'read', claims: ['locale'] })
    expect(await userinfo(issuer, accessToken)).toEqual({ sub: 'alice', locale: 'en-GB' })
    const supported = async () =>
      (await issuer.get('/.well-known/openid-configuration')).body.claims_supported as string[]
    expect(await supported()).toEqual(expect.arrayContaining(['team', 'locale', 'email', 'name']))
    await issuer.call('scopes.delete', { name: 'email' })
    expect(await supported()).not.toContain('email')
  })

  test('is what the standard says for a scope made anew, and is part of the workspace file', async () => {
    const issuer = await openIssuer()
    expect(await issuer.call('scopes.create', { name: 'phone', description: '' })).toMatchObject({
      claims: ['phone_number', 'phone_number_verified'],
    })
    await issuer.call('scopes.update', { name: 'phone', claims: ['phone_number'] })
    const { scopes } = await issuer.call('workspace.export', {})
    expect(scopes).toContainEqual({ name: 'phone', description: '', claims: ['phone_number'] })
    expect(scopes).toContainEqual(
      expect.objectContaining({ name: 'email', claims: ['email', 'email_verified'] }),
    )
  })

  test('a change that is rolled back is not remembered', async () => {
    const issuer = await openIssuer()
    const before = await issuer.call('scopes.list', {})
    const taken = issuer.call('scopes.create', { name: 'read', description: 'again', claims: ['x'] })
    await expect(taken).rejects.toThrow('conflict')
    expect(await issuer.call('scopes.list', {})).toEqual(before)
  })
})

type Part = TokenPreview['accessToken']
const valuesOf = (part: Part) =>
  Object.fromEntries(part!.claims.map(({ name, value }): [string, unknown] => [name, value]))
const later = (claims: Json, names: string[]) => ({
  ...claims,
  ...Object.fromEntries(names.map((name) => [name, '…'])),
})

describe('the preview of a login', () => {
  test.each([
    ['scopes alone', {}, undefined],
    [
      'claims asked for',
      {},
      { id_token: { email: null }, userinfo: { f: { value: 1 } }, access_token: { name: null } },
    ],
    [
      'all claims in the ID token, and ES256',
      { idTokenClaims: 'all', idTokenSignedResponseAlg: 'ES256' },
      undefined,
    ],
    ['pairwise subjects', { subjectType: 'pairwise' }, undefined],
    ['opaque access tokens', { accessTokenFormat: 'opaque' }, undefined],
    ['a client under strict', { profile: 'strict' }, { userinfo: { c: { value: 'x' }, email: null } }],
  ] as const)('is what the real one gives: %s', async (_what, changes, claims) => {
    const issuer = await layered()
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    const scopes = ['openid', 'profile', 'read']
    const preview = await issuer.call('tokens.preview', {
      clientId: 'demo-spa',
      userId: 'alice',
      scopes,
      ...(claims ? { claims } : {}),
    })
    const { accessToken, idToken, tokens } = await logInByCode(issuer, {
      scope: scopes.join(' '),
      nonce: '',
      ...(claims ? { claims: JSON.stringify(claims) } : {}),
    })
    const { rows } = await issuer.call('tokens.list', { filter: { kind: 'access' }, limit: 1 })
    const stored = await issuer.call('tokens.get', { jti: rows[0]!.jti })
    expect(valuesOf(preview.accessToken)).toEqual(later(stored.claims, ['jti']))
    expect(preview.accessToken!.header).toEqual('kid' in stored.header ? stored.header : null)
    expect(valuesOf(preview.idToken)).toEqual(later(idToken, ['at_hash', 'sid']))
    expect(valuesOf(preview.userinfo)).toEqual(await userinfo(issuer, accessToken))
    expect(preview.scopes.join(' ')).toBe(tokens.scope)
  })

  test('says of each claim where it comes from, and what is passed over', async () => {
    const issuer = await layered()
    const { accessToken, userinfo, warnings } = await issuer.call('tokens.preview', {
      clientId: 'demo-spa',
      userId: 'alice',
      scopes: ['openid'],
    })
    const claim = (part: Part, wanted: string) => part!.claims.find(({ name }) => name === wanted)
    expect(claim(accessToken, 'sub')).toEqual({
      name: 'sub',
      value: 'alice',
      layer: 'protocol',
      overrides: [],
    })
    expect(claim(accessToken, 'a')).toMatchObject({ layer: 'issuer', overrides: [] })
    expect(claim(userinfo, 'b')).toMatchObject({ layer: 'client', overrides: ['issuer'] })
    expect(claim(userinfo, 'c')).toMatchObject({ layer: 'user', overrides: ['issuer', 'client'] })
    expect(accessToken!.removed).toEqual([{ name: 'd', layer: 'client' }])
    expect(warnings).toEqual([expect.stringContaining('"iss" among the claims of the client is passed over')])
  })

  test('says why there is no ID token, what the scope loses, and why there would be no token at all', async () => {
    const issuer = await openIssuer()
    const preview = (input: object) => issuer.call('tokens.preview', { clientId: 'demo-spa', ...input })
    const alone = await preview({ clientId: 'demo-service', scopes: ['read'] })
    expect(alone).toMatchObject({ idToken: null, userinfo: null, refusal: null })
    expect(alone.warnings.join()).toContain('acts for itself')
    expect((await preview({ userId: 'alice', scopes: ['read'] })).warnings.join()).toContain('lacks openid')
    const narrowed = await preview({ userId: 'erin', scopes: ['openid', 'write'] })
    expect(narrowed.scopes).toEqual(['openid'])
    expect(narrowed.warnings.join()).toContain('Left out of the scope: write')
    const changes = { checkLevels: { 'scope.allowed-for-user': 'enforce' } } as const
    await issuer.call('clients.update', { id: 'demo-web', changes })
    const judged = await preview({ clientId: 'demo-web', userId: 'erin', scopes: ['openid', 'write'] })
    expect(judged.refusal).toBe('The user may not be granted the scope write.')
    const refused = { accessToken: null, idToken: null, userinfo: null }
    expect(await preview({ userId: 'alice', scopes: ['fly'] })).toMatchObject({
      ...refused,
      refusal: 'Unknown scope fly.',
    })
    expect(await preview({ userId: 'bob' })).toMatchObject({ ...refused, refusal: 'User "bob" is inactive.' })
  })

  test('stores no token and makes no key', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { idTokenSignedResponseAlg: 'RS256' } })
    const keys = await issuer.call('keys.list', {})
    const { idToken } = await issuer.call('tokens.preview', {
      clientId: 'demo-spa',
      userId: 'alice',
      scopes: ['openid'],
    })
    expect(idToken!.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: '…' })
    expect(await issuer.call('keys.list', {})).toEqual(keys)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })
})
