import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { insertItem, listItems } from '../../electron/server/store/items.ts'
import { insertOutboundCall, listOutboundCalls } from '../../electron/server/store/outbound-calls.ts'
import { findSession, insertSession } from '../../electron/server/store/sessions.ts'
import { sampleItems } from '../../electron/server/workspace/demo.ts'
import { openTestCore, type TestCore } from '../support/core.ts'

describe('a reset', () => {
  let opened: TestCore

  beforeEach(async () => {
    opened = await openTestCore()
  })
  afterEach(() => {
    vi.useRealTimers()
    opened.close()
  })

  const reset = () => opened.client.call('workspace.reset', {})

  test('leaves only the sample items', async () => {
    const { database } = opened.core
    database.write((writer) => insertItem(writer, { title: 'mine', owner: 'alice', createdAt: 0 }))
    expect(listItems(database.read)).toHaveLength(sampleItems.length + 1)
    await reset()
    expect(listItems(database.read).map(({ title }) => title)).toEqual([...sampleItems])
  })

  test('forgets which calls left this machine', async () => {
    const { database } = opened.core
    const call = { purpose: 'keys', method: 'GET', url: 'http://127.0.0.1/jwks', loopback: true } as const
    database.write((writer) => insertOutboundCall(writer, { ...call, status: 200, at: 0, durationMs: 1 }))
    expect(listOutboundCalls(database.read, 9)).toHaveLength(1)
    await reset()
    expect(listOutboundCalls(database.read, 9)).toEqual([])
  })

  test('ends sessions and forgets what became of second factors and logins', async () => {
    const { database } = opened.core
    const session = {
      hash: 'h',
      issuer: 'default',
      userId: 'dave',
      state: 'active',
      grantId: null,
      endedAt: null,
    } as const
    const login = { sid: 's', authTime: 0, amr: ['pwd'], createdAt: 0, expiresAt: 9e15 }
    database.write((writer) => insertSession(writer, { ...session, ...login }))
    await opened.client.call('users.enrolSecondFactor', { id: 'dave' })
    await reset()
    expect(findSession(database.read, 'h')).toBeUndefined()
    expect((await opened.client.call('users.get', { id: 'dave' })).secondFactor).toBe('off')
    expect((await opened.client.call('users.get', { id: 'carol' })).secondFactor).toBe('on')
  })

  test('lets nothing that was waiting to be written come back', async () => {
    // The recorder's next batch must wait until the reset is over, however long hashing takes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { recorder } = opened.core
    recorder.record({
      durationMs: 1,
      method: 'GET',
      url: new URL('http://127.0.0.1/jwks'),
      issuer: 'default',
      requestHeaders: [],
      requestBody: new Uint8Array(),
      requestBytes: 0,
      status: 200,
      responseHeaders: [],
      responseBody: new Uint8Array(),
      trail: {
        endpoint: 'jwks',
        grantType: null,
        clientId: null,
        userId: null,
        error: null,
        verdicts: [],
        jtis: [],
        faults: [],
        links: ['grant:g'],
        replayOf: null,
      },
    })
    await reset()
    recorder.flush()
    expect((await opened.client.call('exchanges.list', {})).total).toBe(0)
    expect(await opened.client.call('traces.list', {})).toEqual([])
  })
})
