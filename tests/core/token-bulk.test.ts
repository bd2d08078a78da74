import { expect, test } from 'vitest'
import { insertGrant } from '../../electron/server/store/grants.ts'
import { insertToken } from '../../electron/server/store/tokens.ts'
import { createTestClock, openTestCore } from '../support/core.ts'

const COUNT = 2_500

test('more tokens than fit one transaction are changed with one event, while requests are answered', async () => {
  const clock = createTestClock()
  const { core, client, close } = await openTestCore({ clock })
  const now = clock.now()
  core.database.write((writer) => {
    const owner = { issuer: 'default', clientId: 'demo-spa', userId: 'alice', scopes: [], sid: null }
    const rest = { parentGrantId: null, claims: null, resources: [], authorizationDetails: [] }
    insertGrant(writer, { id: 'g', ...owner, ...rest, createdAt: now })
    const token = { kind: 'refresh' as const, grantId: 'g', parentJti: null, scopes: [], header: {} }
    const claims = { exp: now / 1000 + 60 }
    for (let index = 0; index < COUNT; index++) {
      const jti = `t${index}`
      insertToken(writer, { ...token, jti, hash: jti, claims, issuedAt: now, expiresAt: now + 60_000 })
    }
  })
  const told: string[] = []
  core.events.subscribe((event) => told.push(event.type === 'changed' ? event.noun : event.type))

  let answeredMeanwhile = false
  const work = client.call('tokens.revoke', { filter: { grantId: 'g' }, reason: 'all of them' })
  setImmediate(() => {
    answeredMeanwhile = true
  })
  const { jtis } = await work
  expect(jtis).toHaveLength(COUNT)
  expect(answeredMeanwhile).toBe(true)
  expect(told).toEqual(['tokens'])
  expect((await client.call('tokens.restore', { filter: { grantId: 'g' } })).jtis).toHaveLength(COUNT)
  expect((await client.call('tokens.list', { filter: { state: 'active' } })).total).toBe(COUNT)
  close()
})
