import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { openIssuer, START } from '../support/issuer.ts'

describe('a password login of a user with a second factor', () => {
  const carol = { grant_type: 'password', username: 'carol', password: 'caroling', scope: 'read' }

  test('gives a pending access token: scope 2fa, five minutes, no refresh token', async () => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.token(carol)
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: '2fa',
    })
    const claims = decodeJwt(String(body.access_token))
    expect(claims).toMatchObject({ sub: 'carol', scope: '2fa', exp: START / 1000 + 300 })
    expect(claims).not.toHaveProperty('given_name')
  })

  test('is in the ledger as pending', async () => {
    const issuer = await openIssuer()
    await issuer.token(carol)
    const { total, rows } = await issuer.call('tokens.list', {})
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({ kind: 'pending', userId: 'carol', scopes: ['2fa'], state: 'active' })
  })

  test('is refused an unknown scope before the second factor is asked for', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...carol, scope: 'nonsense' }), {
      status: 400,
      error: 'invalid_scope',
      description: 'Unknown scope nonsense',
    })
  })
})
