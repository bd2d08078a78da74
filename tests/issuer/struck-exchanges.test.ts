import { expect, test } from 'vitest'
import { bearer, openIssuer } from '../support/issuer.ts'

test('exchanges are listed by the fault that struck them, whatever came of it', async () => {
  const issuer = await openIssuer()
  const { access_token } = await issuer.login('alice')
  const slow = await issuer.call('faults.create', {
    name: 'Slow',
    match: { endpoints: ['me', 'jwks'] },
    action: { kind: 'delay', ms: 1 },
  })
  const refused = await issuer.call('faults.create', {
    name: 'Refused',
    match: { endpoints: ['me'] },
    action: { kind: 'error', code: 'invalid_token' },
  })
  expect((await issuer.get('/me', bearer(access_token))).status).toBe(401)
  expect((await issuer.get('/jwks')).status).toBe(200)
  expect((await issuer.get('/userinfo')).status).toBe(401)

  const endpoints = async (filter: object) => {
    const { total, rows } = await issuer.call('exchanges.list', filter)
    expect(total).toBe(rows.length)
    return rows.map(({ endpoint }) => endpoint)
  }
  expect(await endpoints({ outcome: 'struck' })).toEqual(['jwks', 'me'])
  expect(await endpoints({ faultId: slow.id })).toEqual(['jwks', 'me'])
  expect(await endpoints({ faultId: refused.id })).toEqual(['me'])
  expect(await endpoints({ faultId: refused.id, outcome: 'ok' })).toEqual([])
  expect(await endpoints({ faultId: 'nobody' })).toEqual([])
})
