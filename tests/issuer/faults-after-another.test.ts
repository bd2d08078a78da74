import { expect, onTestFinished, test, vi } from 'vitest'
import { byFetch } from '../../electron/server/provider/fetch.ts'
import { createAnswer } from '../../electron/server/provider/provider.ts'
import type { NewFault } from '../../shared/contract/faults/fault.ts'
import { openTestCore } from '../support/core.ts'
import { ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

// What is left for a fault to strike when another one was there before it, or when striking goes wrong itself.

const login = { grant_type: 'password', username: 'alice', password: 'wonderland' }

const arm = (issuer: Issuer, endpoint: string, action: NewFault['action']) =>
  issuer.call('faults.create', { name: action.kind, match: { endpoints: [endpoint] }, action })

test('a patch of what is no JSON any more strikes nothing', async () => {
  const issuer = await openIssuer()
  await arm(issuer, 'token', { kind: 'content', body: 'oops' })
  const { id } = await arm(issuer, 'token', { kind: 'patch', patch: { a: 1 } })
  const request = new Request(`${ISSUER}/token`, { method: 'POST', body: new URLSearchParams(login) })
  const response = await issuer.grantscope.provider(request)
  expect([response.status, await response.text()]).toEqual([200, 'oops'])
  expect((await issuer.call('faults.get', { id })).hits).toBe(0)
  expect((await issuer.lastExchange()).faults).toMatchObject([{ name: 'content' }])
  expect(issuer.log).toEqual([])
})

test.each<[string, NewFault['action']]>([
  ['whose keys are no objects', { kind: 'patch', patch: { keys: [1, null] } }],
  ['whose keys are no list', { kind: 'patch', patch: { keys: 'none' } }],
  ['that is no object', { kind: 'content', body: 'null' }],
])('a JWKS %s is not edited further', async (_what, first) => {
  const issuer = await openIssuer()
  await arm(issuer, 'jwks', first)
  const broken = (await issuer.get('/jwks')).text
  const { id } = await arm(issuer, 'jwks', { kind: 'jwks', edit: 'unknown-kids' })
  expect(await issuer.get('/jwks')).toMatchObject({ status: 200, text: broken })
  expect((await issuer.call('faults.get', { id })).hits).toBe(0)
  expect(issuer.log).toEqual([])
})

test.each(['foreign-keys', 'decoys'] as const)(
  'a key for an algorithm that nothing is signed with has no stranger: %s',
  async (edit) => {
    const issuer = await openIssuer()
    await arm(issuer, 'jwks', { kind: 'patch', patch: { keys: [{ kid: 'a', use: 'sig', alg: 'none' }] } })
    await arm(issuer, 'jwks', { kind: 'jwks', edit })
    expect((await issuer.get('/jwks')).body.keys).toContainEqual({ kid: 'a', use: 'sig', alg: 'none' })
    expect(issuer.log).toEqual([])
  },
)

test('a defect of ours within them is answered, recorded and told the operator like any other', async () => {
  const { core, client, log, close } = await openTestCore()
  onTestFinished(close)
  await client.call('faults.addPreset', { preset: 'token-slow' })
  vi.spyOn(core.faults, 'strikes').mockImplementation(() => {
    throw new Error('the disk is full')
  })
  const provider = byFetch(createAnswer(core))
  const response = await provider(new Request(`${ISSUER}/token`, { method: 'POST' }))
  expect([response.status, await response.json()]).toMatchObject([500, { error: 'server_error' }])
  expect(log).toEqual([expect.stringMatching(/POST \/token failed: Error: the disk is full/)])
  expect((await client.call('exchanges.list', {})).rows).toMatchObject([{ error: 'server_error' }])
})
