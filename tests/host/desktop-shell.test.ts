import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isOwnPage, mayOpenOutside } from '../../electron/host/origin.ts'
import { createFakeCore } from './fake-core.ts'

type Handler = (event: unknown, message: unknown) => Promise<unknown>
const handlers = new Map<string, Handler>()
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
}))
const { connectIpc } = await import('../../electron/main/ipc.ts')

describe('our own page', () => {
  test.each([
    ['app://grantscope/', undefined, true],
    ['app://grantscope/index.html#/tokens', undefined, true],
    ['app://other/', undefined, false],
    ['app://grantscope.evil.example/', undefined, false],
    ['https://grantscope/', undefined, false],
    ['file:///index.html', undefined, false],
    ['about:blank', undefined, false],
    ['', undefined, false],
    ['http://localhost:5173/', 'http://localhost:5173', true],
    ['http://localhost:5174/', 'http://localhost:5173', false],
    ['http://localhost:5173/', undefined, false],
  ])('%s with dev server %s: %s', (url, devServer, own) => {
    expect(isOwnPage(url, devServer)).toBe(own)
  })
})

describe('what may be opened in the browser', () => {
  test.each([
    ['https://www.rfc-editor.org/rfc/rfc6749', true],
    ['http://127.0.0.1:4400/docs', true],
    ['http://localhost:4400/', true],
    ['http://[::1]:4400/', true],
    ['http://example.com/', false],
    ['http://127.0.0.1.evil.example/', false],
    ['http://localhost.evil.example/', false],
    ['https://user:secret@example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['smb://share/file', false],
    ['no url', false],
  ])('%s: %s', (url, may) => {
    expect(mayOpenOutside(url)).toBe(may)
  })
})

describe('a message on the call channel', () => {
  let core: ReturnType<typeof createFakeCore>
  let sent: unknown[]
  let window: ReturnType<typeof fakeContents>
  const topFrame = { url: 'app://grantscope/', parent: null }

  function fakeContents() {
    const gone: (() => void)[] = []
    let destroyed = false
    return {
      isDestroyed: () => destroyed,
      send: (_channel: string, message: unknown) => sent.push(message),
      once: (_event: string, listener: () => void) => gone.push(listener),
      destroy() {
        destroyed = true
        for (const listener of gone) listener()
      },
    }
  }
  const send = (message: unknown, senderFrame: unknown = topFrame, sender = window) =>
    handlers.get('grantscope:call')!({ senderFrame, sender }, message)

  beforeEach(() => {
    core = createFakeCore()
    sent = []
    window = fakeContents()
    connectIpc(core, undefined)
  })

  test('is dispatched when the top frame of our page sent it', async () => {
    const message = { kind: 'call', operation: 'status.get', input: {} }
    expect(await send(message)).toMatchObject({ ok: true })
    expect(core.calls).toEqual([{ name: 'status.get', input: {} }])
  })

  test.each([
    ['a frame inside it', { url: 'app://grantscope/', parent: topFrame }],
    ['another page', { url: 'https://evil.example/', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['a frame that is gone', null],
  ])('is refused from %s', async (_who, frame) => {
    expect(await send({ kind: 'call', operation: 'status.get', input: {} }, frame)).toMatchObject({
      ok: false,
      error: { code: 'unauthorized' },
    })
    expect(core.calls).toEqual([])
  })

  test.each([
    null,
    'status.get',
    {},
    { kind: 'eval', code: '1' },
    { kind: 'call', operation: 1 },
    { kind: 'call', operation: 'status.get', input: {}, extra: 1 },
    { kind: 'subscribe', page: 'p', subscription: 's', from: { launch: 'L1', seq: -1 } },
  ])('is refused when it is %j', async (message) => {
    expect(await send(message)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  })

  const subscribe = (page: string, subscription: string, from?: unknown) =>
    send({ kind: 'subscribe', page, subscription, ...(from ? { from } : {}) })

  test('subscribes to events, from a place in the stream on, until it unsubscribes', async () => {
    core.emit(2)
    await subscribe('p1', 's1', { launch: 'L1', seq: 1 })
    core.emit()
    expect(sent).toMatchObject([
      { subscription: 's1', event: { seq: 2 } },
      { subscription: 's1', event: { seq: 3 } },
    ])
    await send({ kind: 'unsubscribe', subscription: 's1' })
    expect(core.subscribers()).toBe(0)
  })

  test('of a page loaded anew ends the subscriptions of the page before, not those of another window', async () => {
    await subscribe('p1', 's1')
    await send({ kind: 'subscribe', page: 'other', subscription: 'o1' }, topFrame, fakeContents())
    await subscribe('p2', 's2')
    core.emit()
    expect(sent).toMatchObject([{ subscription: 'o1' }, { subscription: 's2' }])
  })

  test('leaves no subscription behind when its window is destroyed', async () => {
    await subscribe('p1', 's1')
    await subscribe('p1', 's2')
    window.destroy()
    expect(core.subscribers()).toBe(0)
  })
})
