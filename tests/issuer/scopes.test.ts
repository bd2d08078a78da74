import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { type Fields, openIssuer } from '../support/issuer.ts'

const alice = { grant_type: 'password', username: 'alice', password: 'wonderland' }
const erin = { grant_type: 'password', username: 'erin', password: 'erindale' }
const invalidScope = (description: string) => ({ status: 400, error: 'invalid_scope', description })

describe('scope at the token endpoint', () => {
  test('is granted as asked for, each once and in order', async () => {
    const issuer = await openIssuer()
    const { body } = await issuer.token({ ...alice, scope: 'write  read write ' })
    expect(body.scope).toBe('write read')
    expect(decodeJwt(String(body.access_token)).scope).toBe('write read')
  })

  test.each<Fields>([{}, { scope: '' }, { scope: '  ' }])(
    "left out or empty (%j) gives the client's defaults: none for the demo clients",
    async (fields) => {
      const issuer = await openIssuer()
      const { status, body } = await issuer.token({ ...alice, ...fields })
      expect(status).toBe(200)
      expect(body.scope).toBe('')
      expect(decodeJwt(String(body.access_token))).not.toHaveProperty('scope')
    },
  )

  test("left out gives the client's default scopes once it has some", async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { defaultScopes: ['read', 'profile'] } })
    expect((await issuer.token(alice)).body.scope).toBe('read profile')
    expect((await issuer.token({ ...alice, scope: 'write' })).body.scope).toBe('write')
  })

  test('unknown: 400 invalid_scope that names it', async () => {
    const issuer = await openIssuer()
    expectRefusal(
      await issuer.token({ ...alice, scope: 'read fly swim' }),
      invalidScope('Unknown scope fly swim'),
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'scope.known',
      spec: 'RFC 6749 3.3, 5.2',
      observed: 'fly swim',
      expected: 'of openid profile email offline_access read write admin',
    })
  })

  test('is case sensitive (RFC 6749 3.3)', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...alice, scope: 'Read' }), invalidScope('Unknown scope Read'))
  })

  test.each(['read "write"', 'back\\slash', 'caf\u00e9', 'tab\tread', 'line\nread'])(
    'with a character that is not allowed (%j): 400 invalid_scope',
    async (scope) => {
      const issuer = await openIssuer()
      expectRefusal(
        await issuer.token({ ...alice, scope }),
        invalidScope('The scope holds a character that is not allowed'),
      )
      expect((await issuer.failedCheck()).check).toBe('scope.syntax')
    },
  )

  test('2fa cannot be asked for: it is the mark of a pending token', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...alice, scope: '2fa' }), invalidScope('Unknown scope 2fa'))
  })

  test('beyond what the client may get: 400 invalid_scope', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { allowedScopes: ['read'] } })
    expectRefusal(
      await issuer.token({ ...alice, scope: 'read write admin' }),
      invalidScope('The client may not get the scope write admin'),
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'scope.allowed-for-client',
      observed: 'demo-spa asks for write admin',
      expected: 'of read',
    })
  })

  test('a scope switched off for the client changes the next token, not those that are out', async () => {
    const issuer = await openIssuer()
    const before = await issuer.login('alice', { scope: 'read write' })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { allowedScopes: ['read'] } })
    expect((await issuer.token({ ...alice, scope: 'write' })).status).toBe(400)
    const headers = { authorization: `Bearer ${before.access_token}` }
    expect((await issuer.postJson('/items', { title: 'still' }, headers)).status).toBe(201)
  })

  test('a scope added in the workbench can be asked for at once', async () => {
    const issuer = await openIssuer()
    await issuer.call('scopes.create', { name: 'fly', description: '' })
    expect((await issuer.token({ ...alice, scope: 'fly' })).body.scope).toBe('fly')
  })
})

describe('scope beyond what the user may be granted', () => {
  test("erin's tokens are narrowed to openid, profile and read, and the answer says so", async () => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.token({ ...erin, scope: 'openid read write admin' })
    expect(status).toBe(200)
    expect(body.scope).toBe('openid read')
    expect(decodeJwt(String(body.access_token)).scope).toBe('openid read')
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'scope.allowed-for-user')).toMatchObject({
      outcome: 'warned',
      observed: 'write admin',
      expected: 'of openid profile read',
    })
  })

  test('on the strict profile it is 400 invalid_scope', async () => {
    const checkLevels = { 'token.password-kept': 'off' } as const
    const issuer = await openIssuer({ workspace: { settings: { profile: 'strict', checkLevels } } })
    expectRefusal(
      await issuer.token({ ...erin, scope: 'read write' }),
      invalidScope('The user may not be granted the scope write'),
    )
  })

  test('on the lenient profile unknown scopes are dropped with a warning', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'lenient' } } })
    expect((await issuer.token({ ...alice, scope: 'read fly' })).body.scope).toBe('read')
  })
})
