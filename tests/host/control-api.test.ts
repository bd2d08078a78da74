import { describe, expect, test } from 'vitest'
import { createControlApi, type describeOperations } from '../../electron/host/control-api.ts'
import type { ContractErrorCode } from '../../shared/contract/envelope.ts'
import { operations } from '../../shared/contract/operations/index.ts'
import { createFakeCore } from './fake-core.ts'

const origin = 'http://127.0.0.1:4401'
const token = 'the-token-of-this-launch'

function start(options: { host?: string; core?: ReturnType<typeof createFakeCore>; ui?: boolean } = {}) {
  const core = options.core ?? createFakeCore()
  const api = createControlApi({
    core: Promise.resolve(core),
    token,
    bound: () => ({ host: options.host ?? '127.0.0.1', port: 4401 }),
    heartbeatMs: 30,
    ...(options.ui ? { ui: async () => new Response('the page') } : {}),
  })
  return { core, api }
}

const authorized = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
const call = (
  headers: Record<string, string> = {},
  { operation = 'status.get', body = '{}', base = origin } = {},
) => new Request(`${base}/api/call/${operation}`, { method: 'POST', headers, body })

describe('a call', () => {
  test('hands name and input to the core and answers its envelope', async () => {
    const { api, core } = start()
    const answer = await api.fetch(call(authorized, { operation: 'tokens.get', body: '{"jti":"j1"}' }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ ok: true, value: { name: 'tokens.get', input: { jti: 'j1' } } })
    expect(core.calls).toEqual([{ name: 'tokens.get', input: { jti: 'j1' } }])
  })

  test('without a body has the input {}', async () => {
    const { api, core } = start()
    await api.fetch(call(authorized, { body: '' }))
    expect(core.calls[0]?.input).toEqual({})
  })

  const statuses: [ContractErrorCode, number][] = [
    ['invalid_input', 400],
    ['unauthorized', 401],
    ['not_found', 404],
    ['unknown_operation', 404],
    ['conflict', 409],
    ['refused', 422],
    ['internal', 500],
    ['unreachable', 502],
  ]
  test.each(statuses)('that fails with %s has status %i', async (code, status) => {
    const core = createFakeCore({ dispatch: async () => ({ ok: false, error: { code, message: 'why' } }) })
    const answer = await start({ core }).api.fetch(call(authorized))
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual({ ok: false, error: { code, message: 'why' } })
  })
})

describe('what is refused before the core hears of it', () => {
  const big = JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) })
  const rows: [string, number, Request][] = [
    ['no token', 401, call({ 'content-type': 'application/json' })],
    ['a wrong token', 401, call({ ...authorized, authorization: 'Bearer the-token-of-this-launcH' })],
    ['a longer token', 401, call({ ...authorized, authorization: `Bearer ${token}x` })],
    ['a token in Basic', 401, call({ ...authorized, authorization: `Basic ${btoa(`a:${token}`)}` })],
    ['a token in the query', 401, new Request(`${origin}/api/events?token=${token}`)],
    ['a foreign Origin', 403, call({ ...authorized, origin: 'https://evil.example' })],
    ['another port as Origin', 403, call({ ...authorized, origin: 'http://127.0.0.1:4400' })],
    ['the Origin null', 403, call({ ...authorized, origin: 'null' })],
    ['an https Origin', 403, call({ ...authorized, origin: 'https://127.0.0.1:4401' })],
    ['a foreign Host', 403, call(authorized, { base: 'http://evil.example:4401' })],
    ['a foreign Host header', 403, call({ ...authorized, host: 'evil.example:4401' })],
    ['another port as Host', 403, call(authorized, { base: 'http://127.0.0.1:80' })],
    ['another address as Host', 403, call(authorized, { base: 'http://192.0.2.1:4401' })],
    ['a form', 415, call({ ...authorized, 'content-type': 'application/x-www-form-urlencoded' })],
    ['text that a page may send unasked', 415, call({ ...authorized, 'content-type': 'text/plain' })],
    ['a type that only begins like JSON', 415, call({ ...authorized, 'content-type': 'application/jsonx' })],
    ['a body over 5 MB', 413, call(authorized, { body: big })],
    ['a body that is not JSON', 400, call(authorized, { body: '{"a":' })],
    ['GET on a call', 404, new Request(`${origin}/api/call/status.get`, { headers: authorized })],
    ['a path that is not there', 404, new Request(`${origin}/api/`, { headers: authorized })],
    ['a place that is no place', 400, new Request(`${origin}/api/events?from=x`, { headers: authorized })],
  ]
  test.each(rows)('%s', async (_what, status, request) => {
    const { api, core } = start({ ui: true })
    const answer = await api.fetch(request)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ ok: false, error: { message: expect.any(String) } })
    expect(core.calls).toEqual([])
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('everything, while the port is not known yet', async () => {
    const api = createControlApi({ core: Promise.resolve(createFakeCore()), token, bound: () => null })
    expect((await api.fetch(call(authorized))).status).toBe(403)
  })

  test('a preflight gets no CORS header', async () => {
    const { api } = start()
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await api.fetch(
      new Request(`${origin}/api/call/status.get`, { method: 'OPTIONS', headers }),
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('whom it answers', () => {
  const rows: [string, string, boolean][] = [
    ['127.0.0.1', 'http://localhost:4401', true],
    ['127.0.0.1', 'http://[::1]:4401', true],
    ['192.0.2.7', 'http://192.0.2.7:4401', true],
    ['192.0.2.7', 'http://192.0.2.8:4401', false],
    ['dev.example', 'http://dev.example:4401', true],
    ['0.0.0.0', 'http://192.0.2.8:4401', true],
    ['0.0.0.0', 'http://rebound.example:4401', false],
  ]
  test.each(rows)('bound to %s, asked as %s: %s', async (host, base, welcome) => {
    const { api } = start({ host })
    const answer = await api.fetch(call({ ...authorized, origin: base }, { base }))
    expect(answer.status).toBe(welcome ? 200 : 403)
  })

  test('pages need no token, but the right Host', async () => {
    const { api } = start({ ui: true })
    expect(await (await api.fetch(new Request(`${origin}/`))).text()).toBe('the page')
    expect((await api.fetch(new Request('http://evil.example:4401/'))).status).toBe(403)
  })

  test('pages are 404 under --no-ui', async () => {
    expect((await start().api.fetch(new Request(`${origin}/`))).status).toBe(404)
  })
})

describe('the schema', () => {
  test('describes every operation', async () => {
    const answer = await start().api.fetch(new Request(`${origin}/api/schema`, { headers: authorized }))
    const { operations: described } = (await answer.json()) as ReturnType<typeof describeOperations>
    expect(Object.keys(described)).toEqual(Object.keys(operations))
    expect(described['tokens.get']).toMatchObject({
      kind: 'query',
      input: { type: 'object', required: ['jti'], additionalProperties: false },
    })
  })
})

describe('events', () => {
  const subscribe = (headers: Record<string, string> = {}, query = '') =>
    new Request(`${origin}/api/events${query}`, { headers: { ...authorized, ...headers } })

  /** Reads until the text satisfies `until`, then hangs up. */
  async function readUntil(answer: Response, until: (text: string) => boolean): Promise<string> {
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!until(text)) {
      const { done, value } = await reader.read()
      if (done) break
      text += value
    }
    await reader.cancel()
    return text
  }
  const ids = (text: string) => [...text.matchAll(/^id: (\S+)\ndata:/gm)].map((match) => match[1])

  test('come live, with their cursor as id', async () => {
    const { api, core } = start()
    core.emit(2)
    const answer = await api.fetch(subscribe())
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    core.emit()
    const text = await readUntil(answer, (seen) => seen.includes('data:'))
    expect(text).toContain('id: L1:2\n\n')
    expect(text).toContain('id: L1:3\ndata: {"launch":"L1","seq":3,"type":"changed","noun":"tokens"}\n\n')
  })

  test('come again after Last-Event-ID, and after ?from', async () => {
    const { api, core } = start()
    core.emit(3)
    for (const request of [subscribe({ 'last-event-id': 'L1:1' }), subscribe({}, '?from=L1:1')]) {
      const text = await readUntil(await api.fetch(request), (seen) => seen.includes('L1:3'))
      expect(ids(text)).toEqual(['L1:2', 'L1:3'])
    }
  })

  test('Last-Event-ID, which a reconnect adds, wins over ?from', async () => {
    const { api, core } = start()
    core.emit(3)
    const answer = await api.fetch(subscribe({ 'last-event-id': 'L1:2' }, '?from=L1:0'))
    expect(ids(await readUntil(answer, (seen) => seen.includes('L1:3')))).toEqual(['L1:3'])
  })

  test('are kept alive by comments', async () => {
    const answer = await start().api.fetch(subscribe())
    expect(await readUntil(answer, (seen) => seen.includes(': still here'))).toContain(': still here\n\n')
  })

  test('are unsubscribed when the reader leaves', async () => {
    const { api, core } = start()
    const answer = await api.fetch(subscribe())
    expect(core.subscribers()).toBe(1)
    await answer.body!.cancel()
    expect(core.subscribers()).toBe(0)
    core.emit()
  })

  test('end when the API closes, and for whoever comes after', async () => {
    const { api, core } = start()
    const answer = await api.fetch(subscribe())
    api.close()
    expect(await answer.text()).toContain('retry:')
    expect(await (await api.fetch(subscribe())).text()).toContain('retry:')
    expect(core.subscribers()).toBe(0)
  })

  test('cut off a reader that has stalled, instead of holding everything for it', async () => {
    const { api, core } = start()
    const answer = await api.fetch(subscribe())
    core.emit(10_100)
    expect(core.subscribers()).toBe(0)
    expect(ids(await answer.text()).length).toBeLessThan(10_100)
  })
})
